import { tf } from '@sparring/engine/tensorflow';

/**
 * Example losses [B] of logits, with a gradient of our own. `backward` turns dLosses [B] into dLogits, from the tensors that
 * `forward` returned in `saved` and no others: TensorFlow.js disposes of the rest between the two.
 */
export function withGradient(
  logits: tf.Tensor2D,
  forward: (logits: tf.Tensor2D) => { losses: tf.Tensor1D; saved: tf.Tensor[] },
  backward: (dLosses: tf.Tensor, saved: tf.Tensor[]) => tf.Tensor,
): tf.Tensor1D {
  const losses = tf.customGrad<tf.Tensor1D>((...inputs) => {
    const [z, save] = inputs as [tf.Tensor2D, (tensors: tf.Tensor[]) => void];
    const { losses, saved } = forward(z);
    save(saved);
    return { value: losses, gradFunc: backward };
  });
  return losses(logits);
}
