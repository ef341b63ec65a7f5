import type { Tensors, tf } from '@sparring/engine/tensorflow';

/** The parameter called `name`. Throws where it is missing or of another shape. */
export function parameterNamed<T extends tf.Tensor>(parameters: Tensors, name: string, shape: readonly number[]): T {
  const parameter = parameters[name];
  if (parameter === undefined) throw new Error(`${name}: no such parameter, got ${Object.keys(parameters).join(', ')}`);
  if (parameter.shape.join() !== shape.join()) {
    throw new Error(`${name}: expected [${shape.join(', ')}], got [${parameter.shape.join(', ')}]`);
  }
  return parameter as T;
}

/** A kernel, as decay and max column norm understand it: rank 2 and more. Biases are rank 1. */
export function isKernel(shape: readonly number[]): boolean {
  return shape.length >= 2;
}
