import type { Lineage } from './tasks.js';
import type { NamedTensors } from './tensors.js';

/** Parameters after `step`, told to all workers as soon as they are computed. */
export interface ParametersUpdate extends Lineage {
  readonly term: number;
  readonly step: number;
  /** By their names, without prefix. */
  readonly parameters: NamedTensors;
}

/** A worker that has not heard the parameters of a step, or needs the whole state, asks for a part of them. */
export interface TensorsRequest extends Lineage {
  readonly term: number;
  readonly step: number;
  /** `parameters`: by their names. `state`: `parameters/…`, `velocity/…`, `history/…`. */
  readonly what: 'parameters' | 'state';
  /** Of the tensors' elements, laid one after the other: from here … */
  readonly offset: number;
  /** … so many, or fewer at the end. */
  readonly length: number;
}

export type TensorsReply =
  | {
      readonly kind: 'part';
      /** All tensors, in the order in which they are laid one after the other. */
      readonly layout: readonly TensorLayout[];
      /** What of them lies in the part. */
      readonly slices: readonly TensorSlice[];
    }
  /** The coordinator does not hold that step, or is in another term. */
  | { readonly kind: 'gone' };

export interface TensorLayout {
  readonly name: string;
  readonly elements: number;
}

/** Elements `from` to `from + values.length` of a tensor. */
export interface TensorSlice {
  readonly name: string;
  readonly from: number;
  readonly values: Float32Array;
}
