import { tf } from '@sparring/engine/tensorflow';
import type { Norm } from './attack-spec.js';
import { rowLengths, TINY } from './length.js';

/**
 * The direction of length 1 in `norm` that increases the loss fastest, per row: sign(g) for L∞ (the paper's §3), g / ‖g‖₂ for L2.
 * A gradient of 0 has direction 0.
 */
export function normalize(gradient: tf.Tensor2D, norm: Norm): tf.Tensor2D {
  if (norm === 'linf') return tf.sign(gradient);
  // The gradient of a confident example may be 1e-25, and its square 0 in float32: scale by the largest entry first.
  const largest = tf.maximum(tf.max(tf.abs(gradient), 1, true), TINY);
  const scaled = tf.div<tf.Tensor2D>(gradient, largest);
  return tf.div(scaled, rowLengths(scaled));
}
