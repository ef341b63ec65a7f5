import { tf } from '@sparring/engine/tensorflow';
import { withGradient } from './with-gradient.js';

/**
 * Cross-entropy −log p_y per example: logits [B, classes], labels int32 [B] → [B].
 *
 * Its gradient with respect to the logits is formed as p_j for the other classes and −Σ p_j, the sum over the others, for the true
 * one. The usual p_y − 1 is exactly 0 in float32 once p_y > 1 − 6e-8: it would drop the true class's part of the very examples that
 * the fast gradient sign method needs a direction for.
 */
export function crossEntropy(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor1D {
  // Cast, because the wasm kernel makes int32 ones whatever type it is asked for.
  const isTrue = tf.cast(tf.oneHot(labels, logits.shape[1]), 'float32');
  return withGradient(
    logits,
    (z) => {
      const shifted = tf.sub(z, tf.max(z, 1, true));
      const exponentials = tf.exp(shifted);
      const trueLogit = tf.sum(tf.mul(shifted, isTrue), 1);
      const losses = tf.sub<tf.Tensor1D>(tf.log(tf.sum(exponentials, 1)), trueLogit);
      return { losses, saved: [tf.div(exponentials, tf.sum(exponentials, 1, true)), isTrue] };
    },
    (dLosses, [probabilities, isTrue]) => {
      const others = tf.mul(probabilities!, tf.sub(1, isTrue!));
      const dLogits = tf.sub(others, tf.mul(isTrue!, tf.sum(others, 1, true)));
      return tf.mul(dLogits, tf.expandDims(dLosses, 1));
    },
  );
}
