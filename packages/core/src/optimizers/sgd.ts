import { type Tensors, tf } from '@sparring/engine/tensorflow';
import { isKernel, parameterNamed } from '../models/parameter.js';
import { addDecay, type Coefficients, coefficientOf } from './decay.js';
import { limitColumnNorm } from './max-column-norm.js';
import type { Schedule } from './schedules.js';

/** Stochastic gradient descent with momentum; plain JSON. */
export interface OptimizerSpec {
  learningRate: Schedule;
  momentum: Schedule;
  nesterov: boolean;
  /** Parameter name, or '*' for all kernels → coefficient of Σ|p| in the loss. */
  l1: Coefficients;
  /** The same of Σp². */
  l2: Coefficients;
  /** Largest Euclidean norm of a kernel's incoming column, kept to after every update; null for no limit. */
  maxColumnNorm: number | null;
}

/** Does a step read and write velocity? Without momentum it is left out of the state, and of the step's cost. */
export function hasVelocity({ momentum }: OptimizerSpec): boolean {
  return !(momentum.kind === 'constant' && momentum.value === 0);
}

/**
 * One step: decay added to the gradient g, then, as in pylearn2,
 *
 *     v ← m · v − lr · g        p ← p + v, or with Nesterov's momentum p ← p + m · v − lr · g with the new v
 *
 * then the limit on kernel columns. Where the momentum is always 0, p ← p − lr · g, and velocity is {}. PyTorch keeps the learning rate out of its velocity (v ← m · v + g, p ← p − lr · v): the same for a
 * constant learning rate, while here a change of the learning rate does not reach the velocity already gathered.
 *
 * All by parameter name and of the parameters' shapes. Throws where a gradient or velocity is missing or of another shape, and where l1
 * or l2 name no parameter.
 */
export function update(
  spec: OptimizerSpec,
  parameters: Tensors,
  velocity: Tensors,
  gradients: Tensors,
  learningRate: tf.Scalar,
  momentum: tf.Scalar,
): { parameters: Tensors; velocity: Tensors } {
  for (const decay of ['l1', 'l2'] as const) requireKnownNames(decay, spec[decay], parameters);
  const updated: Tensors = {};
  const moved: Tensors = {};
  for (const name of Object.keys(parameters).sort()) {
    const parameter = parameters[name]!;
    const { shape } = parameter;
    const l1 = coefficientOf(spec.l1, name, shape);
    const l2 = coefficientOf(spec.l2, name, shape);
    const gradient = addDecay(tensorOf('gradient', gradients, name, shape), parameter, l1, l2);
    const descent = tf.mul(gradient, learningRate);
    let p: tf.Tensor;
    if (hasVelocity(spec)) {
      const v = tf.sub(tf.mul(tensorOf('velocity', velocity, name, shape), momentum), descent);
      p = tf.add(parameter, spec.nesterov ? tf.sub(tf.mul(v, momentum), descent) : v);
      moved[name] = v;
    } else {
      p = tf.sub(parameter, descent);
    }
    updated[name] = spec.maxColumnNorm !== null && isKernel(shape) ? limitColumnNorm(p, spec.maxColumnNorm) : p;
  }
  return { parameters: updated, velocity: moved };
}

function tensorOf(role: string, tensors: Tensors, name: string, shape: readonly number[]): tf.Tensor {
  try {
    return parameterNamed(tensors, name, shape);
  } catch (error) {
    throw new Error(`${role} of ${(error as Error).message}`);
  }
}

function requireKnownNames(decay: string, coefficients: Coefficients, parameters: Tensors): void {
  for (const name of Object.keys(coefficients)) {
    if (name !== '*' && !(name in parameters)) {
      throw new Error(
        `${decay}: '${name}' is no parameter: expected '*' or one of ${Object.keys(parameters).join(', ')}`,
      );
    }
  }
}
