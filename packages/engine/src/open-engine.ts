import type { Engine, EngineName } from './engine.js';
import { OnnxEngine } from './onnx/onnx-engine.js';
import { openTfjs } from './tfjs/tfjs-backends.js';

/** @throws EngineUnavailable saying what is missing and how to get it */
export async function openEngine(name: EngineName): Promise<Engine> {
  if (name === 'onnx:cpu') return new OnnxEngine('cpu');
  return openTfjs(name.slice('tfjs:'.length) as 'cpu');
}
