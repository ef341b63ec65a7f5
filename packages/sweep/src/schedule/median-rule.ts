/** At these epochs a run is given up that is worse than the median of the lower-numbered ones. */
export interface MedianRule {
  /** The validation error compared. */
  readonly on: 'cleanError' | 'adversarialError';
  /** Ascending. */
  readonly epochs: readonly number[];
  /** With fewer lower-numbered runs at an epoch nobody is given up. */
  readonly fewest: number;
}

/** What is known of a run: its errors at the rule's epochs, and the epoch up to which there will be no others. */
export interface Curve {
  readonly errors: ReadonlyMap<number, number>;
  /** Infinity once it has ended. */
  readonly knownUpTo: number;
}

export interface Verdict {
  readonly epoch: number;
  readonly error: number;
  readonly median: number;
}

/**
 * Which runs are given up, by number. It follows from the curves alone and not from when they came: a run is compared with the lower-numbered
 * ones that came to that epoch and were not given up before it, and only once all lower-numbered ones are known that far. Who finishes before
 * its verdict is known is given up afterwards.
 */
export function prunedRuns(curves: readonly Curve[], { epochs, fewest }: MedianRule): Map<number, Verdict> {
  const pruned = new Map<number, Verdict>();
  /** Of runs from this one on it is not known yet whether they were given up earlier. */
  let known = curves.length;
  for (const epoch of epochs) {
    const lower: number[] = [];
    for (let n = 0; n < known; n++) {
      if (pruned.has(n)) continue;
      const error = curves[n]!.errors.get(epoch);
      if (error === undefined && curves[n]!.knownUpTo < epoch) known = n;
      if (error === undefined) continue;
      const median = lower.length >= fewest ? medianOf(lower) : Number.POSITIVE_INFINITY;
      if (error > median) pruned.set(n, { epoch, error, median });
      insert(lower, error);
    }
  }
  return pruned;
}

function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function insert(sorted: number[], value: number): void {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  sorted.splice(low, 0, value);
}
