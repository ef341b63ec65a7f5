import { createRequire } from 'node:module';
import type { EngineName } from '../engine.js';
import { EngineUnavailable } from '../engine-error.js';
import { tf } from '../tensorflow.js';
import { TfjsEngine } from './tfjs-engine.js';
import { restoreBackend } from './with-backend.js';

const require = createRequire(import.meta.url);

/** The GPU binding first: a machine that has both means to use it. */
export const nativePackages = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'];

export async function openTfjs(backend: 'cpu' | 'wasm' | 'tensorflow'): Promise<TfjsEngine> {
  const name: EngineName = `tfjs:${backend}`;
  const previous = tf.getBackend() as string | null;
  try {
    const packageName = await load(backend);
    if (!(await tf.setBackend(backend)))
      throw new EngineUnavailable(`${name}: TensorFlow.js could not start its backend`);
    return new TfjsEngine(name, backend, `${packageName} ${versionOf(packageName)}`);
  } finally {
    restoreBackend(previous);
  }
}

async function load(backend: 'cpu' | 'wasm' | 'tensorflow'): Promise<string> {
  if (backend === 'cpu') await import('@tensorflow/tfjs-backend-cpu');
  else if (backend === 'wasm') await import('@tensorflow/tfjs-backend-wasm');
  else return loadNative();
  return `@tensorflow/tfjs-backend-${backend}`;
}

/** A process can load the native binding in one thread only, and once loaded it stays. */
async function loadNative(): Promise<string> {
  const installed = installedNative();
  if (!installed) throw new EngineUnavailable(`tfjs:tensorflow: neither ${nativePackages.join(' nor ')} is installed`);
  try {
    await import(installed);
    return installed;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineUnavailable(`tfjs:tensorflow: ${installed} does not load here: ${reason}`, { cause: error });
  }
}

export function installedNative(): string | undefined {
  return nativePackages.find((name) => {
    try {
      require.resolve(`${name}/package.json`);
      return true;
    } catch {
      return false;
    }
  });
}

export function versionOf(packageName: string): string {
  return (require(`${packageName}/package.json`) as { version: string }).version;
}
