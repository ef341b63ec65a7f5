import { tf } from '@sparring/engine/tensorflow';

/** Least norm that is divided by; columns of 0 stay 0. */
const TINY = 1e-12;

/**
 * Scales each column of a kernel, the weights coming into one unit or piece, down to at most `maxNorm` (Srebro & Shraibman 2005; pylearn2's
 * max_col_norm). A column is everything but the last axis: [in, out], or [height, width, in, out].
 *
 * pylearn2 divides by norm + 1e-7 and so shrinks every column a little; here a column within the limit is not touched.
 */
export function limitColumnNorm(kernel: tf.Tensor, maxNorm: number): tf.Tensor {
  const incoming = kernel.shape.slice(0, -1).map((_, axis) => axis);
  const norms = tf.maximum(tf.sqrt(tf.sum(tf.mul(kernel, kernel), incoming, true)), TINY);
  return tf.mul(kernel, tf.minimum(1, tf.div(maxNorm, norms)));
}
