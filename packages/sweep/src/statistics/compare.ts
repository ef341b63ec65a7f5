import { describe } from './describe.js';
import { studentQuantile } from './student-t.js';
import { type SignedRank, signedRank } from './wilcoxon.js';

/** A configuration against the baseline, seed by seed. */
export interface Comparison {
  /** Seeds that both have. */
  readonly n: number;
  /** Mean of what the configuration has more than the baseline. */
  readonly meanDifference: number;
  /** 95 % interval of that mean, by Student's t. */
  readonly interval: readonly [low: number, high: number];
  readonly test: SignedRank;
}

/** With fewer pairs even the clearest result has p > .05: of five, all in one direction, 2/2⁵. */
export const fewestPairs = 6;

/** Compares figures by seed over the seeds that both have; null where these are fewer than `fewestPairs`. */
export function compare(
  figures: ReadonlyMap<number, number>,
  baseline: ReadonlyMap<number, number>,
): Comparison | null {
  const differences: number[] = [];
  for (const [seed, value] of figures) {
    const other = baseline.get(seed);
    if (other !== undefined) differences.push(withoutNoise(value - other));
  }
  const n = differences.length;
  if (n < fewestPairs) return null;
  const { mean, std } = describe(differences)!;
  const reach = (studentQuantile(0.975, n - 1) * std!) / Math.sqrt(n);
  return { n, meanDifference: mean, interval: [mean - reach, mean + reach], test: signedRank(differences) };
}

/** Equal differences of fractions such as .0213 − .0200 come out unequal in their last digits, and would not be seen as ties. */
function withoutNoise(difference: number): number {
  return Math.round(difference * 1e12) / 1e12;
}
