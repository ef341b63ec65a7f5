/**
 * Run as a process of its own, since opening a GPU provider or a native binding may end the process, and a native TensorFlow binding
 * loaded here could not be loaded in another thread later. Argument: an engine's name. Ends with 0 and one line (what computes) on
 * standard output where the engine computed 2 · 3 + 1, else with 1 and the reason there.
 */
import { nativePackages } from './tfjs/native-packages.js';

async function probeOnnx(provider: 'cpu' | 'webgpu' | 'cuda'): Promise<string> {
  const { default: ort } = await import('onnxruntime-node');
  const { encodeModel } = await import('./onnx/model-proto.js');
  const { openSession, runtimeVersion } = await import('./onnx/session.js');
  const scalar = (name: string) => ({ name, dtype: 'float32', shape: [1] }) as const;
  const model = encodeModel({
    name: 'probe',
    nodes: [
      { op: 'Mul', inputs: ['a', 'b'], output: ['product'], attributes: {} },
      { op: 'Add', inputs: ['product', 'one'], output: ['sum'], attributes: {} },
    ],
    initializers: [{ ...scalar('one'), data: [1] }],
    inputs: [scalar('a'), scalar('b')],
    outputs: [scalar('sum')],
  });
  const session = await openSession(model, provider);
  const feed = (value: number) => new ort.Tensor('float32', Float32Array.of(value), [1]);
  const { sum } = await session.run({ a: feed(2), b: feed(3) });
  if (sum?.data[0] !== 7) throw new Error(`2 · 3 + 1 gave ${sum?.data[0]}`);
  await session.release();
  return runtimeVersion;
}

async function probeNative(): Promise<string> {
  const { tf } = await import('./tensorflow.js');
  let reason: unknown;
  for (const name of nativePackages) {
    try {
      await import(name);
      if (!(await tf.setBackend('tensorflow'))) throw new Error('its backend does not start');
      const [sum] = tf.add(tf.mul(2, 3), 1).dataSync();
      if (sum !== 7) throw new Error(`2 · 3 + 1 gave ${sum}`);
      return name;
    } catch (error) {
      reason ??= error;
    }
  }
  throw reason;
}

const name = process.argv[2] ?? '';
try {
  const detail = name.startsWith('onnx:') ? await probeOnnx(name.slice(5) as 'cpu') : await probeNative();
  process.stdout.write(detail);
} catch (error) {
  process.stdout.write(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
