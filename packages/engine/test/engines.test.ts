import { spawnSync } from 'node:child_process';
import { type EngineStatus, engineNames, listEngines, openEngine, type Program, tf } from '../dist/index.js';
import { small, stepProgram } from './networks.ts';
import { difference, once } from './parity.ts';

const statuses = await listEngines();
const statusOf = (name: string): EngineStatus => statuses.find((status) => status.name === name)!;

describe('the list of engines', () => {
  test('has all six, with what they are or lack, and how to get them', () => {
    expect(statuses.map(({ name }) => name)).toEqual(engineNames);
    for (const { detail, howToGet } of statuses) {
      expect(detail).not.toBe('');
      expect(detail).not.toContain('\n');
      expect(howToGet).not.toBe('');
    }
  });

  test('has those that npm alone installs', () => {
    for (const name of ['onnx:cpu', 'tfjs:wasm', 'tfjs:cpu']) {
      expect(statusOf(name)).toMatchObject({ available: true, ranOnHardware: true, software: false });
    }
    expect(statusOf('onnx:cpu').detail).toMatch(/^onnxruntime-node \d+\.\d+\.\d+$/);
  });

  test('claims no hardware that the tests have not run on', () => {
    const claimed = statuses.filter(({ ranOnHardware }) => ranOnHardware).map(({ name }) => name);
    expect(claimed).toEqual(['onnx:cpu', 'tfjs:wasm', 'tfjs:cpu']);
  });
});

describe.each(engineNames)('%s', (name) => {
  const { available, detail, howToGet } = statusOf(name);
  const program = stepProgram(small, false);
  const arrays = Object.fromEntries(
    Object.entries(program.inputs).map(([input, { shape, dtype }]) => {
      const length = shape.reduce((product, size) => product * size, 1);
      const next = (i: number): number => Math.sin(i + input.length);
      return [
        input,
        dtype === 'int32'
          ? Int32Array.from({ length }, (_, i) => i % 4)
          : Float32Array.from({ length }, (_, i) => next(i)),
      ];
    }),
  );

  if (available) {
    test('runs a training step as the reference does, and the same twice', async () => {
      const engine = await openEngine(name);
      const reference = await once(await openEngine('tfjs:cpu'), program, arrays);
      const first = await once(engine, program, arrays);
      expect(difference(first.results, reference.results)).toBeLessThan(5e-6);
      expect((await once(engine, program, arrays)).results).toEqual(first.results);
      expect(engine.name).toBe(name);
      expect(engine.version).toMatch(/\d+\.\d+\.\d+/);
    });
  } else {
    test('is not available on this machine, so it is not run: opening it says what is missing and how to get it', async () => {
      await expect(openEngine(name)).rejects.toMatchObject({
        name: 'EngineUnavailable',
        message: `${name}: ${detail}. To get it: ${howToGet}`,
      });
    });
  }
});

test('an unknown engine is refused with the names of those there are', async () => {
  await expect(openEngine('onnx:tpu' as 'onnx:cpu')).rejects.toThrow(
    /^engine: expected one of onnx:cpu, .*, got onnx:tpu$/,
  );
});

test('opening an engine leaves the TensorFlow.js backend in use as it was', async () => {
  await tf.setBackend('cpu');
  await openEngine('tfjs:wasm');
  expect(tf.getBackend()).toBe('cpu');
});

test.each([
  ['@sparring/engine/piece', ['onnxruntime', 'tfjs']],
  ['@sparring/engine/tensorflow', ['onnxruntime']],
  ['@sparring/engine', ['onnxruntime']],
])('importing %s does not load %s', (specifier, absent) => {
  const script = `
    const { createRequire } = await import('node:module');
    await import('${specifier}');
    console.log(Object.keys(createRequire(process.cwd() + '/').cache).join('\\n'));`;
  const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(status).toBe(0);
  for (const name of absent) expect(stdout).not.toContain(name);
});

test('two executables share one engine, in turn and at once', async () => {
  const engine = await openEngine('onnx:cpu');
  const times = (factor: number): Program => ({
    name: `times ${factor}`,
    inputs: { x: { shape: [3], dtype: 'float32' } },
    fn: ({ x }) => ({ y: tf.mul(x!, factor) }),
  });
  const both = await Promise.all([2, 3].map((factor) => engine.compile(times(factor))));
  const results = await Promise.all(both.map((executable) => executable.run({ x: Float32Array.of(1, 2, 3) })));
  expect(results).toEqual([{ y: Float32Array.of(2, 4, 6) }, { y: Float32Array.of(3, 6, 9) }]);
  await Promise.all(both.map((executable) => executable.dispose()));
});

test('shared memory can be fed, and results are the caller’s own', async () => {
  for (const name of ['onnx:cpu', 'tfjs:cpu'] as const) {
    const executable = await (await openEngine(name)).compile({
      name: 'same',
      inputs: { x: { shape: [3], dtype: 'float32' } },
      fn: ({ x }) => ({ x: x! }),
    });
    const x = new Float32Array(new SharedArrayBuffer(12));
    x.set([1, 2, 3]);
    const { x: result } = await executable.run({ x });
    x.fill(0);
    expect(result).toEqual(Float32Array.of(1, 2, 3));
    await executable.dispose();
  }
});
