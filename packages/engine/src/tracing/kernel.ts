import type { Value } from './value.js';

/** A kernel's inputs by TensorFlow.js's own names; which of them are there depends on the kernel. */
export interface Inputs {
  readonly a: Value;
  readonly b: Value;
  readonly x: Value;
  readonly y: Value;
  readonly dy: Value;
  readonly input: Value;
  readonly output: Value;
  readonly value: Value;
  readonly filter: Value;
  readonly logits: Value;
  readonly indices: Value;
  readonly condition: Value;
  readonly t: Value;
  readonly e: Value;
  readonly alpha: Value;
  readonly bias?: Value;
  readonly preluActivationWeights?: Value;
  readonly segmentIds: Value;
  readonly params: Value;
  readonly updates: Value;
  readonly tensor: Value;
  readonly scale?: Value;
  readonly offset?: Value;
  readonly mean: Value;
  readonly variance: Value;
}

/** Records what a TensorFlow.js kernel computes. A kernel with a list of inputs takes them in `list`. */
export type Kernel = (inputs: Inputs, attributes: never, list: readonly Value[]) => Value | Value[];

/** Kernels by TensorFlow.js's name. */
export type Kernels = Record<string, Kernel>;
