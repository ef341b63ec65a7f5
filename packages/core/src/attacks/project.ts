import { tf } from '@sparring/engine/tensorflow';
import type { AttackSpec } from './attack-spec.js';
import { rowLengths } from './length.js';

/** The point of the ε ball around `x` that is nearest to `candidate`, per row [B, n]. */
export function project(
  candidate: tf.Tensor2D,
  x: tf.Tensor2D,
  { norm, epsilon }: Pick<AttackSpec, 'norm' | 'epsilon'>,
): tf.Tensor2D {
  // Between x − ε and x + ε, not x plus a limited difference: that would round a step of exactly ε a second time.
  if (norm === 'linf') return tf.minimum(tf.maximum(candidate, tf.sub(x, epsilon)), tf.add(x, epsilon));
  const perturbation = tf.sub<tf.Tensor2D>(candidate, x);
  return tf.add(x, tf.mul(perturbation, tf.minimum(1, tf.div(epsilon, rowLengths(perturbation)))));
}
