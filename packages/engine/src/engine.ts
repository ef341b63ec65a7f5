import type { Program, TensorSpec } from './program.js';

export type TensorArray = Float32Array | Int32Array | Uint8Array;

/** Flat arrays by name, row-major: float32 → Float32Array, int32 → Int32Array, bool → Uint8Array. */
export type Arrays = Record<string, TensorArray>;

export const engineNames = [
  'onnx:cpu',
  'onnx:webgpu',
  'onnx:cuda',
  'tfjs:tensorflow',
  'tfjs:wasm',
  'tfjs:cpu',
] as const;

export type EngineName = (typeof engineNames)[number];

/** A compiled program. Its calls are awaited one at a time. */
export interface Executable {
  /** Per step, without K. */
  readonly outputs: Record<string, TensorSpec>;
  /**
   * Blocks its thread while it computes. The returned arrays are the caller's own.
   * @throws FeedError for a missing, unknown, wrongly sized or wrongly typed array.
   */
  run(arrays: Arrays): Promise<Arrays>;
  /** Frees what the executable holds; it cannot run afterwards. */
  dispose(): Promise<void>;
}

export interface Engine {
  readonly name: EngineName;
  /** Of the library that computes: results are promised to be equal only where it is equal. */
  readonly version: string;
  /** @throws EngineError | TracingError naming what this engine cannot run. */
  compile(program: Program): Promise<Executable>;
}

export interface EngineStatus {
  readonly name: EngineName;
  readonly available: boolean;
  /** Version and provider, or why it is not available. */
  readonly detail: string;
  readonly howToGet: string;
  /** Whether the project's tests have run it on the hardware it is made for. */
  readonly ranOnHardware: boolean;
  /** Whether what computes is a GPU emulated in software, never a choice for speed. */
  readonly software: boolean;
}
