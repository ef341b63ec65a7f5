import { tf } from '@sparring/engine/tensorflow';

/** `x` moved by `stepSize` along a direction of length 1. */
export function step(x: tf.Tensor2D, direction: tf.Tensor2D, stepSize: number): tf.Tensor2D {
  return tf.add(x, tf.mul(direction, stepSize));
}
