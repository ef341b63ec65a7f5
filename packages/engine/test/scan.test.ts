import { type Arrays, type Engine, openEngine, type Program, tf } from '../dist/index.js';
import { type Sizes, small, stepProgram } from './networks.ts';
import { arraysFor, difference, once, type Sample } from './parity.ts';

const steps = 5;

/** Feeds for a training step; x, y for `steps` steps. */
function feeds(program: Program): Arrays {
  const samples = Object.entries(program.inputs).map(([name, spec]): [string, Sample] => {
    if (name === 'y') return [name, { ...spec, low: 0, high: 4 }];
    return [name, { ...spec, low: name === 'x' ? 0 : -0.3, high: name === 'x' ? 1 : 0.3 }];
  });
  return arraysFor(Object.fromEntries(samples), steps, ['x', 'y']);
}

async function oneByOne(engine: Engine, sizes: Sizes, arrays: Arrays): Promise<Arrays> {
  const single = stepProgram(sizes, false);
  const executable = await engine.compile(single);
  let state = arrays;
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    const x = arrays.x!.slice(step * sizes.batch * sizes.inputs, (step + 1) * sizes.batch * sizes.inputs);
    const y = arrays.y!.slice(step * sizes.batch, (step + 1) * sizes.batch);
    const results = await executable.run({ ...state, x, y });
    losses.push(results.loss![0]!);
    const { loss, adversarialLoss, ...next } = results;
    state = { ...state, ...next };
  }
  await executable.dispose();
  const { x, y, rate, ...parameters } = state;
  return { ...parameters, loss: Float32Array.from(losses) };
}

describe.each(['onnx:cpu', 'tfjs:cpu'] as const)('a scan on %s', (name) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine(name);
  });

  test.each([
    ['small', small],
    ['with odd sizes', { batch: 7, inputs: 33, units: 13, pieces: 2, classes: 4 }],
  ])('gives the bits of single runs: %s', async (_, sizes) => {
    const program = stepProgram(sizes, true);
    const arrays = feeds(program);
    const { results } = await once(engine, program, arrays);
    const { adversarialLoss, ...compared } = results;
    expect(compared).toEqual(await oneByOne(engine, sizes, arrays));
    expect(adversarialLoss).toHaveLength(steps);
  });

  test('carries state that passes through, and sees what is the same in every step', async () => {
    const program: Program = {
      name: 'running sum',
      inputs: {
        total: { shape: [2], dtype: 'float32' },
        still: { shape: [2], dtype: 'int32' },
        x: { shape: [2], dtype: 'float32' },
        on: { shape: [], dtype: 'bool' },
        weight: { shape: [2], dtype: 'float32' },
      },
      fn: ({ total, still, x, on, weight }) => {
        const scaled = tf.mul(tf.exp(weight!), tf.where(on!, x!, tf.zerosLike(x!)));
        return {
          total: tf.add(total!, scaled),
          still: still!,
          seen: x!,
          on: on!,
          constant: tf.scalar(3),
          weight: weight!,
        };
      },
      scan: { state: ['total', 'still'], sequence: ['x', 'on'] },
    };
    const { results, outputs } = await once(engine, program, {
      total: Float32Array.of(1, 2),
      still: Int32Array.of(5, 6),
      x: Float32Array.of(1, 2, 3, 4, 5, 6),
      on: Uint8Array.of(1, 0, 1),
      weight: new Float32Array(2),
    });
    expect(results).toEqual({
      total: Float32Array.of(7, 10),
      still: Int32Array.of(5, 6),
      seen: Float32Array.of(1, 2, 3, 4, 5, 6),
      on: Uint8Array.of(1, 0, 1),
      constant: Float32Array.of(3, 3, 3),
      weight: new Float32Array(6),
    });
    expect(outputs.seen).toEqual({ shape: [2], dtype: 'float32' });
  });

  test('takes inputs that nothing depends on', async () => {
    const spec = { shape: [], dtype: 'float32' } as const;
    const inputs = { state: spec, ticks: spec, other: spec };
    const scan = { state: ['state'], sequence: ['ticks'] };
    const arrays = { state: Float32Array.of(1), ticks: Float32Array.of(2, 3), other: Float32Array.of(4) };
    const fn: Program['fn'] = ({ state }) => ({ state: state! });
    expect((await once(engine, { name: 'idle', inputs, fn, scan }, arrays)).results).toEqual({
      state: Float32Array.of(1),
    });
  });

  test('takes any number of steps', async () => {
    const program: Program = {
      name: 'count',
      inputs: { n: { shape: [], dtype: 'int32' }, tick: { shape: [], dtype: 'int32' } },
      fn: ({ n, tick }) => ({ n: tf.add(n!, tick!) }),
      scan: { state: ['n'], sequence: ['tick'] },
    };
    const executable = await engine.compile(program);
    for (const count of [1, 2, 9]) {
      const { n } = await executable.run({ n: Int32Array.of(0), tick: new Int32Array(count).fill(1) });
      expect(n).toEqual(Int32Array.of(count));
    }
    await executable.dispose();
  });
});

test('a training step agrees between ONNX Runtime and TensorFlow.js', async () => {
  const program = stepProgram(small, true);
  const [onnx, reference] = [await openEngine('onnx:cpu'), await openEngine('tfjs:cpu')];
  const arrays = feeds(program);
  const got = await once(onnx, program, arrays);
  const expected = await once(reference, program, arrays);
  expect(difference(got.results, expected.results)).toBeLessThan(2e-6);
});
