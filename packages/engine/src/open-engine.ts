import { engineStatus } from './availability.js';
import { type Engine, type EngineName, type EngineStatus, engineNames } from './engine.js';
import { EngineError, EngineUnavailable } from './engine-error.js';
import type { Provider } from './onnx/session.js';

/**
 * Opens an engine; what it is made of is loaded only now.
 * @throws EngineUnavailable saying what is missing and how to get it
 */
export async function openEngine(name: EngineName): Promise<Engine> {
  if (!engineNames.includes(name))
    throw new EngineError(`engine: expected one of ${engineNames.join(', ')}, got ${name}`);
  if (name !== 'onnx:cpu') {
    const { available, detail, howToGet } = await engineStatus(name);
    if (!available) throw new EngineUnavailable(`${name}: ${detail}. To get it: ${howToGet}`);
  }
  const [kind, backend] = name.split(':') as [string, string];
  if (kind === 'tfjs') {
    const { openTfjs } = await import('./tfjs/tfjs-backends.js');
    return openTfjs(backend as 'cpu' | 'wasm' | 'tensorflow');
  }
  try {
    const { OnnxEngine } = await import('./onnx/onnx-engine.js');
    return new OnnxEngine(backend as Provider);
  } catch (error) {
    const { howToGet } = await engineStatus(name);
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineUnavailable(`${name}: ${reason}. To get it: ${howToGet}`, { cause: error });
  }
}

/** Every engine there is and whether it computes here; GPU providers are tried for real, which takes up to a second. */
export async function listEngines(): Promise<EngineStatus[]> {
  return Promise.all(engineNames.map(engineStatus));
}
