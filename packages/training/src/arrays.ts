import type { Arrays, TensorSpec } from '@sparring/engine';

/** Arrays for the given inputs, each with room for `numSteps` steps. */
export function allocate(specs: Readonly<Record<string, TensorSpec>>, numSteps = 1): Arrays {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape, dtype }]) => {
      const length = shape.reduce((product, size) => product * size, numSteps);
      const make = { float32: Float32Array, int32: Int32Array, bool: Uint8Array }[dtype];
      return [name, new make(length)];
    }),
  );
}
