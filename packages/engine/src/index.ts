export type { Arrays, Engine, EngineName, EngineStatus, Executable, TensorArray } from './engine.js';
export { engineNames } from './engine.js';
export { EngineError, EngineUnavailable, FeedError, TracingError } from './engine-error.js';
export { openEngine } from './open-engine.js';
export { piece } from './piece.js';
export type { Program, TensorSpec } from './program.js';
export { type Tensors, tf } from './tensorflow.js';
