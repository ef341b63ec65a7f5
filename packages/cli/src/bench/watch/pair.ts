/** Two rates that were measured in turns, and what they are to each other. */
export interface Paired {
  readonly numPairs: number;
  /** The median turn of each. */
  readonly rates: readonly [number, number];
  /** The second to the first: the median of the pairs, and between which half of them lie. */
  readonly ratio: number;
  readonly middleHalf: readonly [number, number];
}

type Turn = (ms: number) => Promise<number>;

/** Long enough that starting again does not matter, short enough that both of a pair meet the same machine. */
const turnMs = 2_000;
const fewestPairs = 4;

/** Has both measured in turns, each for so many seconds in all; which is first changes from pair to pair. */
export async function pair(
  [first, second]: readonly [Turn, Turn],
  seconds: number,
  onPair: (pair: number, numPairs: number) => void,
): Promise<Paired> {
  const numPairs = Math.max(fewestPairs, Math.round((seconds * 1_000) / turnMs));
  const ms = (seconds * 1_000) / numPairs;
  // To compile, and to fill caches.
  for (const turn of [first, second]) await turn(0);
  const rates: [number, number][] = [];
  for (let i = 0; i < numPairs; i++) {
    onPair(i + 1, numPairs);
    if (i % 2 === 0) rates.push([await first(ms), await second(ms)]);
    else rates.push([await second(ms), await first(ms)].reverse() as [number, number]);
  }
  const ratios = rates.map(([a, b]) => b / a);
  return {
    numPairs,
    rates: [
      quantile(
        rates.map(([a]) => a),
        0.5,
      ),
      quantile(
        rates.map(([, b]) => b),
        0.5,
      ),
    ],
    ratio: quantile(ratios, 0.5),
    middleHalf: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
  };
}

/** Between two values, as far as the place lies between theirs. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return low + (place - Math.floor(place)) * (high - low);
}
