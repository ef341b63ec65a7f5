import { tf } from '@sparring/engine/tensorflow';
import { isKernel } from '../models/parameter.js';

/** Coefficients by parameter name; '*' stands for all kernels (not biases) that are not named themselves. */
export type Coefficients = Record<string, number>;

/** The coefficient of one parameter, 0 where none applies. */
export function coefficientOf(coefficients: Coefficients, name: string, shape: readonly number[]): number {
  return coefficients[name] ?? (isKernel(shape) ? coefficients['*'] : undefined) ?? 0;
}

/**
 * Adds the gradient of l1 · Σ|p| + l2 · Σp² to a parameter's gradient: l1 · sign(p) + 2 · l2 · p, as in pylearn2 and Keras. PyTorch's
 * weight_decay w is l2 = w / 2.
 */
export function addDecay(gradient: tf.Tensor, parameter: tf.Tensor, l1: number, l2: number): tf.Tensor {
  let decayed = gradient;
  if (l1 !== 0) decayed = tf.add(decayed, tf.mul(tf.sign(parameter), l1));
  if (l2 !== 0) decayed = tf.add(decayed, tf.mul(parameter, 2 * l2));
  return decayed;
}
