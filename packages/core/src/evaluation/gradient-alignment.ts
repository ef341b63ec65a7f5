import { tf } from '@sparring/engine/tensorflow';
import { normalize } from '../attacks/normalize.js';

/**
 * Per example, the cosine of the angle between two input gradients [B, inputSize] → [B]; 0 where one of them is 0.
 *
 * At x and at a random point of its ε ball, its mean is the gradient alignment of Andriushchenko and Flammarion (arXiv 2007.02617, eq. 3):
 * how far the loss is linear there. 1: FGSM finds the worst point; where it falls towards 0, FGSM's step leads nowhere, and a net that is
 * trained against it overfits catastrophically.
 */
export function gradientAlignment(one: tf.Tensor2D, other: tf.Tensor2D): tf.Tensor1D {
  return tf.sum<tf.Tensor1D>(tf.mul(normalize(one, 'l2'), normalize(other, 'l2')), 1);
}
