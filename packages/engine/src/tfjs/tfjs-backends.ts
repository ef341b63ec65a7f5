import type { EngineName } from '../engine.js';
import { EngineUnavailable } from '../engine-error.js';
import { engineVersion } from '../engine-version.js';
import { tf } from '../tensorflow.js';
import { installedNative } from './native-packages.js';
import { TfjsEngine } from './tfjs-engine.js';
import { restoreBackend } from './with-backend.js';

export async function openTfjs(backend: 'cpu' | 'wasm' | 'tensorflow'): Promise<TfjsEngine> {
  const name: EngineName = `tfjs:${backend}`;
  const previous = tf.getBackend() as string | null;
  try {
    await load(backend);
    if (!(await tf.setBackend(backend)))
      throw new EngineUnavailable(`${name}: TensorFlow.js could not start its backend`);
    return new TfjsEngine(name, backend, engineVersion(name));
  } finally {
    restoreBackend(previous);
  }
}

async function load(backend: 'cpu' | 'wasm' | 'tensorflow'): Promise<void> {
  if (backend === 'cpu') await import('@tensorflow/tfjs-backend-cpu');
  else if (backend === 'wasm') await import('@tensorflow/tfjs-backend-wasm');
  else await loadNative();
}

/** A process can load the native binding in one thread only, and once loaded it stays. */
async function loadNative(): Promise<void> {
  const installed = installedNative()!;
  try {
    await import(installed);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineUnavailable(`tfjs:tensorflow: ${installed} does not load in this thread: ${reason}`, {
      cause: error,
    });
  }
}
