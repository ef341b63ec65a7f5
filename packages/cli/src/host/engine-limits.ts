import type { EngineName } from '@sparring/engine';

/** Why an engine computes in no more than one thread of a process; null where it does. */
export function oneThreadOnly(engine: EngineName): string | null {
  return engine === 'tfjs:tensorflow' ? 'its native binding loads in one thread of a process only' : null;
}

/** A GPU: a second thread would only take turns with the first. */
export function isGpu(engine: EngineName): boolean {
  return engine === 'onnx:cuda' || engine === 'onnx:webgpu';
}
