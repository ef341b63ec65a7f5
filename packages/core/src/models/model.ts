import type { Tensors, tf } from '@sparring/engine/tensorflow';

/** How kernels start; biases start at 0. `range`: uniform on [−range, range). */
export type InitSpec = { kind: 'glorot' } | { kind: 'uniform'; range: number } | { kind: 'zeros' };

/**
 * A layer's width, and the dropout of its activations: kept with probability `keep` and multiplied by `scale` while training.
 * `keep: 1` is no dropout.
 */
export interface HiddenLayer {
  units: number;
  keep: number;
  scale: number;
}

/** What to build, as plain JSON; each kind is described where it is built. */
export type ModelSpec =
  | { kind: 'softmax'; init: InitSpec }
  | { kind: 'logistic'; init: InitSpec }
  | {
      kind: 'mlp';
      activation: 'relu' | 'sigmoid' | 'tanh';
      layers: HiddenLayer[];
      inputKeep: number;
      inputScale: number;
      init: InitSpec;
    }
  | {
      kind: 'maxout';
      layers: (HiddenLayer & { pieces: number })[];
      inputKeep: number;
      inputScale: number;
      init: InitSpec;
    };

/** The part of a data set that a model depends on. */
export interface ModelData {
  readonly inputSize: number;
  readonly classes: number;
}

/** Random numbers that initial parameters are drawn from: n numbers uniform on [low, high), or standard normal. */
export interface RandomSource {
  uniform(n: number, low: number, high: number): Float32Array;
  normal(n: number): Float32Array;
}

/** One mask that a model wants per example while training: float32 0/1 [B, size], 1 with probability `keep`. */
export interface Dropout {
  readonly name: string;
  readonly size: number;
  readonly keep: number;
  readonly scale: number;
}

/** A classifier as a pure function of its parameters. */
export interface Model {
  readonly inputSize: number;
  readonly classes: number;
  /** `crossEntropy`: logits [B, classes]. `softplus`: two classes and one logit [B, 1], class 1 where it is positive. */
  readonly loss: 'crossEntropy' | 'softplus';
  /** Name → shape: kernels [in, out] and biases [out], 'hidden0/kernel', 'hidden0/bias', …, 'output/kernel', 'output/bias'. */
  readonly parameters: Record<string, readonly number[]>;
  /** Empty without dropout. */
  readonly dropout: readonly Dropout[];
  /** Draws in the order of `parameters`, so equal random numbers give equal parameters. */
  initialize(random: RandomSource): Record<string, Float32Array>;
  /**
   * x: [B, inputSize] → [B, classes], or [B, 1] with the softplus loss. With `masks` (one per entry of `dropout`) the training-mode
   * network, without them the network as it is evaluated.
   */
  logits(parameters: Tensors, x: tf.Tensor2D, masks?: Tensors): tf.Tensor2D;
}
