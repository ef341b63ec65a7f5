import type { InitSpec, RandomSource } from './model.js';

/** A kernel [fanIn, fanOut × pieces] that feeds `fanOut` units of `pieces` linear pieces each (1 but for maxout). */
export interface KernelSize {
  readonly fanIn: number;
  readonly fanOut: number;
  readonly pieces: number;
}

/**
 * Initial values of a kernel.
 *
 * `glorot`: uniform on ±√(6 / (fanIn + fanOut)) (Glorot & Bengio 2010, eq. 16). A maxout unit hands its gradient to one of its pieces, so
 * the variance of what flows back depends on the number of units: fanOut counts units, not units × pieces.
 */
export function initializeKernel(init: InitSpec, size: KernelSize, random: RandomSource): Float32Array {
  const n = size.fanIn * size.fanOut * size.pieces;
  switch (init.kind) {
    case 'zeros':
      return new Float32Array(n);
    case 'uniform':
      return random.uniform(n, -init.range, init.range);
    case 'glorot': {
      const limit = Math.sqrt(6 / (size.fanIn + size.fanOut));
      return random.uniform(n, -limit, limit);
    }
  }
}
