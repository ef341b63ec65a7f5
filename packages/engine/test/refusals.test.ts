import { type Engine, openEngine, type Program, piece, type TensorSpec, tf } from '../dist/index.js';
import { once } from './parity.ts';

const x: TensorSpec = { shape: [4], dtype: 'float32' };

let engine: Engine;
let reference: Engine;
beforeAll(async () => {
  engine = await openEngine('onnx:cpu');
  reference = await openEngine('tfjs:cpu');
});

function program(fn: Program['fn'], rest: Partial<Program> = {}): Program {
  return { name: 'net', inputs: { x }, fn, ...rest };
}

async function refusal(fn: Program['fn'], rest: Partial<Program> = {}): Promise<string> {
  const error: unknown = await engine.compile(program(fn, rest)).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
  return (error as Error).message;
}

describe('a function is refused that', () => {
  test('uses an op that cannot be traced, which is named', async () => {
    expect(await refusal((i) => ({ y: tf.topk(i.x!, 2).values }))).toBe(
      "net: the op 'TopK' cannot be traced: write it with others, or run on a TensorFlow.js engine",
    );
  });

  test('captures a large tensor', async () => {
    await tf.setBackend('cpu');
    const large = tf.linspace(0, 1, 1025);
    expect(await refusal((i) => ({ y: tf.add(tf.sum(large), i.x!) }))).toBe(
      'net: a tensor of shape [1025] from outside of the function would be baked into the model (1025 elements, at most 1024 are): make it an input',
    );
    expect(await large.data()).toHaveLength(1025);
    large.dispose();
  });

  test('makes a large tensor of its own, unless all its values are equal', async () => {
    const values = Float32Array.from({ length: 1025 }, (_, i) => i);
    expect(await refusal((i) => ({ y: tf.add(tf.sum(tf.tensor(values)), i.x!) }))).toMatch(
      /^net: a tensor of shape \[1025\] made while tracing/,
    );
    const uniform = program((i) => ({ y: tf.add(tf.sum(tf.tensor(values.fill(2))), i.x!) }));
    expect((await once(engine, uniform, { x: new Float32Array(4) })).results.y).toEqual(new Float32Array(4).fill(2050));
  });

  test('returns nothing', async () => {
    expect(await refusal(() => ({}))).toBe('net: fn returns no tensors');
  });

  test('reads a tensor', async () => {
    expect(await refusal((i) => ({ y: tf.scalar(i.x!.dataSync()[0]!) }))).toMatch(
      /^net: a tensor was read .* while tracing/,
    );
  });

  test.each([
    ['randomUniform', () => tf.randomUniform([4])],
    ['randomNormal', () => tf.randomNormal([4], 0, 1, 'float32', 7)],
    ['truncatedNormal', () => tf.truncatedNormal([4])],
    ['dropout', (i: tf.Tensor) => tf.dropout(i, 0.5)],
  ])('draws random numbers: %s', async (op, draw) => {
    expect(await refusal((i) => ({ y: tf.add(i.x!, draw(i.x!)) }))).toMatch(
      new RegExp(
        `^net: (${op}|randomUniform): random numbers would be drawn once, while tracing; feed them as an input instead$`,
      ),
    );
  });

  test('returns something else than tensors', async () => {
    expect(await refusal(() => ({ y: 3 as unknown as tf.Tensor }))).toBe('net: output y is not a tensor');
  });

  test('is of another type than float32, int32 or bool', async () => {
    expect(await refusal((i) => ({ y: tf.real(tf.complex(i.x!, i.x!)) }))).toMatch(/^net: .*(Complex|complex64)/);
  });
});

describe('a scan is refused that', () => {
  const scan = (state: string[], sequence: string[]): Partial<Program> => ({
    inputs: { x, s: x },
    scan: { state, sequence },
  });
  test.each([
    ['names no input', scan(['t'], ['x']), 'net: scan names t, which is not an input'],
    ['has nothing to step over', scan(['s'], []), /^net: scan needs at least one sequence input/],
    ['has an input in both roles', scan(['x'], ['x']), 'net: scan has x both as state and as sequence'],
    ['does not return its state', scan(['s'], ['x']), 'net: fn does not return the state s'],
  ])('%s', async (_, rest, message) => {
    const got = await refusal(({ x }) => ({ y: x! }), rest);
    if (typeof message === 'string') expect(got).toBe(message);
    else expect(got).toMatch(message);
  });

  test('returns its state in another shape', async () => {
    expect(await refusal(({ s }) => ({ s: tf.sum(s!) }), scan(['s'], ['x']))).toBe(
      'net: state s: expected float32 [4], fn returned float32 []',
    );
  });
});

describe('arrays are refused that', () => {
  const spec: Program['inputs'] = { x: { shape: [100], dtype: 'int32' }, on: { shape: [2], dtype: 'bool' } };
  const good = { x: new Int32Array(100), on: new Uint8Array(2) };
  const cases = [
    [
      'are of the wrong size and type',
      { ...good, x: new Float32Array(99) },
      'x: expected int32 [100], got float32 of 99 elements',
    ],
    ['are too few', { x: good.x }, 'on: expected bool [2], got nothing'],
    ['are too many', { ...good, z: good.x }, 'z: net has no such input; it takes x, on'],
    ['are of another type', { ...good, on: new Int32Array(2) }, 'on: expected bool [2], got int32 of 2 elements'],
    [
      'are no typed arrays',
      { ...good, x: [1, 2] as unknown as Int32Array },
      'x: expected int32 [100], got Array of 2 elements',
    ],
  ] as const;

  test.each(cases)('%s', async (_, arrays, message) => {
    for (const each of [engine, reference]) {
      const executable = await each.compile(program((i) => ({ y: i.x!, on: i.on! }), { inputs: spec }));
      await expect(executable.run(arrays)).rejects.toThrow(message);
      expect((await executable.run(good)).y).toHaveLength(100);
      await executable.dispose();
    }
  });

  test('have unequal numbers of steps', async () => {
    const inputs = { s: x, a: x, b: x };
    const stepped = program(({ s, a, b }) => ({ s: tf.addN([s!, a!, b!]) }), {
      inputs,
      scan: { state: ['s'], sequence: ['a', 'b'] },
    });
    const executable = await engine.compile(stepped);
    const feed = (a: number, b: number) => ({ s: new Float32Array(4), a: new Float32Array(a), b: new Float32Array(b) });
    await expect(executable.run(feed(12, 8))).rejects.toThrow(
      'b: expected float32 [K, 4] with K = 3 as in a, got float32 of 8 elements (K = 2)',
    );
    await expect(executable.run(feed(10, 10))).rejects.toThrow(
      'a: expected float32 [K, 4], got float32 of 10 elements',
    );
    await executable.dispose();
  });
});

test('a disposed executable says so', async () => {
  const executable = await engine.compile(program((i) => ({ y: i.x! })));
  await executable.dispose();
  await executable.dispose();
  await expect(executable.run({ x: new Float32Array(4) })).rejects.toThrow('net: run after dispose');
});

describe('after a refusal', () => {
  test('the TensorFlow.js backend in use before is in use again, and no tensor is left', async () => {
    await openEngine('tfjs:wasm');
    for (const backend of ['wasm', 'cpu']) {
      await tf.setBackend(backend);
      const { numTensors } = tf.memory();
      await refusal((i) => ({ y: tf.grad((v: tf.Tensor) => tf.sum(tf.mul(tf.exp(v), tf.topk(v, 2).values)))(i.x!) }));
      await refusal(
        piece('fails', () => {
          throw new Error('on purpose');
        }),
      );
      expect(tf.getBackend()).toBe(backend);
      expect(tf.memory().numTensors).toBe(numTensors);
      expect(tf.add(1, 2).dataSync()[0]).toBe(3);
    }
  });

  test('the next function compiles and runs', async () => {
    const { results } = await once(
      engine,
      program((i) => ({ y: tf.grad((v: tf.Tensor) => tf.sum(tf.square(v)))(i.x!) })),
      { x: Float32Array.of(1, 2, 3, 4) },
    );
    expect(results.y).toEqual(Float32Array.of(2, 4, 6, 8));
  });
});

test('no tensor is left by compiling and running, on any engine', async () => {
  await tf.setBackend('cpu');
  const { numTensors } = tf.memory();
  for (const each of [engine, reference, await openEngine('tfjs:wasm')]) {
    const before = tf.getBackend();
    await once(
      each,
      program((i) => ({ y: tf.grad((v: tf.Tensor) => tf.sum(tf.exp(v)))(i.x!) })),
      { x: new Float32Array(4) },
    );
    expect(tf.getBackend()).toBe(before);
  }
  expect(tf.memory().numTensors).toBe(numTensors);
});
