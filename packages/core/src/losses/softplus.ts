import { tf } from '@sparring/engine/tensorflow';
import { withGradient } from './with-gradient.js';

/**
 * Softplus loss of two-class logistic regression (the paper's §5): ζ(−y z) per example, ζ(u) = log(1 + eᵘ), with logits z [B, 1] and
 * labels int32 [B] of 0 and 1 standing for y = −1 and +1. → [B].
 *
 * ζ′(u) is formed as exp(u − ζ(u)): engines compute the sigmoid to within 1e-7 of the whole, which is 0 for confident examples, and the
 * sign of the input gradient would go with it.
 */
export function softplusLoss(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor1D {
  const minusY = tf.sub(1, tf.mul(2, tf.cast(labels, 'float32')));
  return withGradient(
    logits,
    (z) => {
      const u = tf.mul<tf.Tensor1D>(minusY, tf.reshape(z, [z.shape[0]]));
      const losses = tf.softplus<tf.Tensor1D>(u);
      return { losses, saved: [u, losses, minusY] };
    },
    (dLosses, [u, losses, minusY]) => {
      const slope = tf.exp(tf.sub(u!, losses!));
      return tf.expandDims(tf.mul(dLosses, tf.mul(minusY!, slope)), 1);
    },
  );
}
