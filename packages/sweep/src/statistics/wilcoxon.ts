import { normalTwoSided } from './special-functions.js';

/** Wilcoxon's signed-rank test of paired differences. */
export interface SignedRank {
  /** Differences that are not zero; the others say nothing of a direction and are left out (Wilcoxon's own way). */
  readonly n: number;
  /** Sum of the ranks of the positive differences, ties sharing the mean of theirs. */
  readonly positiveRanks: number;
  /** Two-sided. */
  readonly pValue: number;
  readonly method: 'exact' | 'normal approximation';
}

/** Up to so many differences all 2^n choices of signs are counted; with more, the normal distribution is close. */
const mostExact = 50;

/**
 * Tests whether paired differences are symmetric about zero. Exact: over all choices of signs of the ranks at hand, ties included. Beyond
 * `mostExact`: the normal approximation with the correction for ties, without one for continuity.
 */
export function signedRank(differences: readonly number[]): SignedRank {
  const nonzero = differences.filter((difference) => difference !== 0);
  const n = nonzero.length;
  if (n === 0) return { n, positiveRanks: 0, pValue: 1, method: 'exact' };
  const ranks = midRanks(nonzero.map(Math.abs));
  const positiveRanks = ranks.reduce((sum, rank, i) => (nonzero[i]! > 0 ? sum + rank : sum), 0);
  const exact = n <= mostExact;
  const pValue = exact ? exactP(ranks, positiveRanks) : normalP(ranks, positiveRanks);
  return { n, positiveRanks, pValue, method: exact ? 'exact' : 'normal approximation' };
}

/** Ranks from 1, equal values sharing the mean of theirs. */
export function midRanks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Array<number>(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let i = from; i < to; i++) ranks[order[i]!] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

/** Twice the smaller tail of the sum's distribution, each sign being positive with ½. Ranks are halves at least: doubled, they are whole. */
function exactP(ranks: readonly number[], positiveRanks: number): number {
  const doubled = ranks.map((rank) => 2 * rank);
  const total = doubled.reduce((sum, rank) => sum + rank, 0);
  let chances = new Float64Array(total + 1);
  chances[0] = 1;
  let reached = 0;
  for (const rank of doubled) {
    const next = new Float64Array(total + 1);
    for (let sum = 0; sum <= reached; sum++) {
      next[sum]! += chances[sum]! / 2;
      next[sum + rank]! += chances[sum]! / 2;
    }
    chances = next;
    reached += rank;
  }
  const smaller = Math.min(2 * positiveRanks, total - 2 * positiveRanks);
  let tail = 0;
  for (let sum = 0; sum <= smaller; sum++) tail += chances[sum]!;
  return Math.min(1, 2 * tail);
}

function normalP(ranks: readonly number[], positiveRanks: number): number {
  const n = ranks.length;
  const ties = new Map<number, number>();
  for (const rank of ranks) ties.set(rank, (ties.get(rank) ?? 0) + 1);
  const tied = [...ties.values()].reduce((sum, size) => sum + (size ** 3 - size), 0);
  const variance = (n * (n + 1) * (2 * n + 1)) / 24 - tied / 48;
  return normalTwoSided((positiveRanks - (n * (n + 1)) / 4) / Math.sqrt(variance));
}
