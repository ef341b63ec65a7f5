import type { Contestant } from './contestants.js';

/**
 * Times contestants in turns, so that whatever else the machine does meets all of them alike. Median milliseconds of a call, in the
 * order given.
 */
export async function interleave(contestants: readonly Contestant[], seconds: number): Promise<number[]> {
  for (const contestant of contestants) await contestant.call();
  const times = contestants.map((): number[] => []);
  const end = performance.now() + seconds * 1_000;
  do {
    for (const [i, contestant] of contestants.entries()) {
      const startedAt = performance.now();
      await contestant.call();
      times[i]!.push(performance.now() - startedAt);
    }
  } while (performance.now() < end);
  return times.map(median);
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
