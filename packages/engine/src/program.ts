import { EngineError } from './engine-error.js';
import type { Tensors } from './tensorflow.js';

/** Shape and type of one tensor. A bool is fed and returned as a Uint8Array of 0 and 1. */
export interface TensorSpec {
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32' | 'bool';
}

/** A function on named tensors with static shapes, ready to be compiled by any engine. */
export interface Program {
  readonly name: string;
  readonly inputs: Record<string, TensorSpec>;
  /** Deterministic, and free of side effects: an ONNX engine runs it once, on symbols. */
  readonly fn: (inputs: Tensors) => Tensors;
  /**
   * K steps per call. `state`: inputs that fn also returns under the same name, carried from step to step; `sequence`: inputs fed
   * with a leading axis K (dynamic) and seen by fn without it; all other inputs are the same in every step. Outputs that are not
   * state come back stacked [K, …].
   */
  readonly scan?: { readonly state: readonly string[]; readonly sequence: readonly string[] };
}

/** Number of elements of a shape. */
export function elements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** @throws EngineError naming the first thing that no engine could run. */
export function checkProgram({ name, inputs, scan }: Program): void {
  for (const [input, { shape }] of Object.entries(inputs)) {
    if (!shape.every((size) => Number.isInteger(size) && size > 0)) {
      throw new EngineError(
        `${name}: input ${input}: every size must be a positive integer, got [${shape.join(', ')}]`,
      );
    }
  }
  if (!scan) return;
  for (const input of [...scan.state, ...scan.sequence]) {
    if (!(input in inputs)) throw new EngineError(`${name}: scan names ${input}, which is not an input`);
  }
  const both = scan.state.find((input) => scan.sequence.includes(input));
  if (both !== undefined) throw new EngineError(`${name}: scan has ${both} both as state and as sequence`);
  if (scan.sequence.length === 0) {
    throw new EngineError(
      `${name}: scan needs at least one sequence input, whose leading axis says how many steps to run`,
    );
  }
}

/** @throws EngineError unless fn has outputs, and they hold every state input in its own shape and type. */
export function checkOutputs({ name, inputs, scan }: Program, outputs: Record<string, TensorSpec>): void {
  if (Object.keys(outputs).length === 0) throw new EngineError(`${name}: fn returns no tensors`);
  for (const state of scan?.state ?? []) {
    const expected = inputs[state]!;
    const got = outputs[state];
    if (!got) throw new EngineError(`${name}: fn does not return the state ${state}`);
    if (describe(got) !== describe(expected)) {
      throw new EngineError(`${name}: state ${state}: expected ${describe(expected)}, fn returned ${describe(got)}`);
    }
  }
}

/** 'float32 [100, 784]' */
export function describe({ dtype, shape }: TensorSpec): string {
  return `${dtype} [${shape.join(', ')}]`;
}
