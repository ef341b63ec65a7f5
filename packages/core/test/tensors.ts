import '@tensorflow/tfjs-backend-cpu';
import { type Tensors, tf } from '@sparring/engine/tensorflow';
import type { Model, RandomSource } from '../dist/index.js';

export type { Tensors };
export { tf };

await tf.setBackend('cpu');

/** Marsaglia's xorshift32; the same numbers for the same seed. */
export function randomFrom(seed: number): RandomSource {
  let state = seed * 2654435761 || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 8; i++) next();
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return {
    uniform: (n, low, high) => Float32Array.from({ length: n }, () => low + (high - low) * next()),
    normal: (n) => Float32Array.from({ length: n }, normal),
  };
}

export function parametersOf(model: Model, values: Record<string, ArrayLike<number>>): Tensors {
  return Object.fromEntries(
    Object.entries(model.parameters).map(([name, shape]) => [
      name,
      tf.tensor(Float32Array.from(values[name]!), [...shape]),
    ]),
  );
}

/** Parameters of order 1 everywhere, biases too, so that no gradient is small by accident. */
export function randomValues(model: Model, random: RandomSource): Record<string, Float32Array> {
  return Object.fromEntries(
    Object.entries(model.parameters).map(([name, shape]) => [
      name,
      random.uniform(
        shape.reduce((a, b) => a * b),
        -1,
        1,
      ),
    ]),
  );
}

/** 0/1 masks for every dropout of the model. */
export function randomMasks(model: Model, batch: number, random: RandomSource): Record<string, Float32Array> {
  return Object.fromEntries(
    model.dropout.map(({ name, size, keep }) => [
      name,
      random.uniform(batch * size, 0, 1).map((u) => (u < keep ? 1 : 0)),
    ]),
  );
}

export function masksOf(model: Model, values: Record<string, Float32Array>): Tensors {
  return Object.fromEntries(
    model.dropout.map(({ name, size }) => [name, tf.tensor2d(values[name]!, [values[name]!.length / size, size])]),
  );
}

export const labelsOf = (labels: number[]) => tf.tensor1d(labels, 'int32');
export const arrayOf = (tensor: tf.Tensor) => [...tensor.dataSync()];

/** Largest difference, as a fraction of the largest expected magnitude. */
export function relativeError(got: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (got.length !== expected.length) return Number.POSITIVE_INFINITY;
  let difference = 0;
  let largest = 0;
  for (let i = 0; i < got.length; i++) {
    const gap = Math.abs(got[i]! - expected[i]!);
    if (!(gap <= difference)) difference = gap; // keeps a NaN
    largest = Math.max(largest, Math.abs(expected[i]!));
  }
  return difference / largest;
}
