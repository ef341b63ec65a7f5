import ort from 'onnxruntime-node';
import { engineVersion } from '../engine-version.js';

export type Provider = 'cpu' | 'webgpu' | 'cuda';

export const runtimeVersion = engineVersion('onnx:cpu');

/**
 * The tracer has optimised already: ONNX Runtime's own passes would undo some of it, and tie results to its version. Prepacked
 * weights would make a product's rounding depend on where its right side comes from.
 */
export async function openSession(model: Uint8Array, provider: Provider): Promise<ort.InferenceSession> {
  return ort.InferenceSession.create(model, {
    executionProviders: [provider],
    graphOptimizationLevel: 'disabled',
    executionMode: 'sequential',
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
    extra: { session: { disable_prepacking: '1' } },
  });
}
