import { tf } from '@sparring/engine/tensorflow';
import type { RandomSource } from '../models/model.js';
import type { AttackSpec, Norm } from './attack-spec.js';
import { normalize } from './normalize.js';

/** The numbers that `pgd` takes as `start` for n inputs: uniform on [−1, 1) for L∞, standard normal for L2. */
export function drawStart(norm: Norm, n: number, random: RandomSource): Float32Array {
  return norm === 'linf' ? random.uniform(n, -1, 1) : random.normal(n);
}

/**
 * The perturbation that an attack starts from, made of the numbers that `drawStart` drew: uniform in the L∞ ball, or uniform on the sphere
 * of radius ε for L2. Of a ball in d dimensions nearly all is surface (the mean radius is ε · d / (d + 1), .9987 ε for MNIST), so a random
 * radius would change nothing but cost one more input.
 */
export function startPerturbation(
  start: tf.Tensor2D,
  { norm, epsilon }: Pick<AttackSpec, 'norm' | 'epsilon'>,
): tf.Tensor2D {
  return tf.mul(norm === 'linf' ? start : normalize(start, 'l2'), epsilon);
}
