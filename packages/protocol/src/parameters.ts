import type { NamedTensors } from './tensors.js';

/** Parameters after `step`, told to all workers as soon as they are computed. */
export interface ParametersUpdate {
  readonly term: number;
  readonly step: number;
  /** By their names, without prefix. */
  readonly parameters: NamedTensors;
}

/** A worker that has not heard the parameters of a step, or needs the whole state, asks for a part of them. */
export interface TensorsRequest {
  readonly term: number;
  readonly step: number;
  /** `parameters`: by their names. `state`: `parameters/…`, `velocity/…`, `history/…`. */
  readonly what: 'parameters' | 'state';
  /** Of the tensors' bytes, laid one after the other: from here … */
  readonly offset: number;
  /** … so many, or fewer at the end. */
  readonly length: number;
}

export type TensorsReply =
  | {
      readonly kind: 'part';
      /** Names and element counts of all tensors, in the order of their bytes. */
      readonly layout: readonly TensorLayout[];
      readonly bytes: Uint8Array;
    }
  /** The coordinator does not hold that step, or is in another term. */
  | { readonly kind: 'gone' };

export interface TensorLayout {
  readonly name: string;
  readonly elements: number;
}
