export type { Arrays, Engine, EngineName, EngineStatus, Executable, TensorArray } from './engine.js';
export { engineNames } from './engine.js';
export { EngineError, EngineUnavailable, FeedError, TracingError } from './engine-error.js';
export { exportOnnx } from './export-onnx.js';
export { compileGemmsOnly, type GemmShape, type GemmsOnly, gemmShapes } from './gemms.js';
export { listEngines, openEngine } from './open-engine.js';
export { piece } from './piece.js';
export type { Program, TensorSpec } from './program.js';
export { type Tensors, tf } from './tensorflow.js';
