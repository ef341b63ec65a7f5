import type { RandomSource } from './model.js';

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * Evenly spread numbers, the same every time, for running a user's `init` only to see the shapes it returns. They vary, so that an `init`
 * that draws until a number suits it comes to an end.
 */
export function probeRandom(): RandomSource {
  let drawn = 0;
  const fraction = () => (++drawn * GOLDEN) % 1;
  return {
    uniform: (n, low, high) => Float32Array.from({ length: n }, () => low + (high - low) * fraction()),
    // Box–Muller
    normal: (n) =>
      Float32Array.from({ length: n }, () => Math.sqrt(-2 * Math.log(fraction())) * Math.cos(2 * Math.PI * fraction())),
  };
}
