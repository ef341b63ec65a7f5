import { tf } from '@sparring/engine/tensorflow';

/** Smallest divisor, just above the least normal float32 (1.2e-38): dividing 0 by it gives 0, where 0 / 0 would not. */
export const TINY = 1e-37;

/** Euclidean length of each row: [B, n] → [B, 1], at least TINY. */
export function rowLengths(x: tf.Tensor2D): tf.Tensor2D {
  return tf.maximum(tf.sqrt(tf.sum<tf.Tensor2D>(tf.mul(x, x), 1, true)), TINY);
}
