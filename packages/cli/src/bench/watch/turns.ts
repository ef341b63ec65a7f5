import type { Spent } from './spent.js';

/** What was trained in a turn, and what that took. */
export interface Turn extends Spent {
  readonly examples: number;
  /** What its process did before, while the other had its turn: next to nothing, or it would disturb. */
  readonly rest: Spent;
  /** Those who looked. */
  readonly onlookers: Spent;
}

/** A turn of each, one right after the other. */
export type Pair = readonly [plain: Turn, watched: Turn];

type TakeTurn = (ms: number) => Promise<Turn>;

/**
 * Short, so that both of a pair meet the same machine: what else goes on there changes from second to second. What starting again takes is not
 * counted.
 */
const turnMs = 1_000;
/** To compile, and to fill caches; a page that is opened has the thread that makes pictures started besides. */
const numWarmUps = 2;

/** Has both measured in turns, each for so many seconds in all. Who is first changes from pair to pair, so that a drift meets both alike. */
export async function takeTurns(
  [plain, watched]: readonly [TakeTurn, TakeTurn],
  seconds: number,
  onPair: (pair: number, numPairs: number) => void,
): Promise<readonly Pair[]> {
  // An even number, so that each is first as often as the other.
  const numPairs = 2 * Math.max(1, Math.round((seconds * 1_000) / turnMs / 2));
  const ms = (seconds * 1_000) / numPairs;
  for (let i = 0; i < numWarmUps; i++) for (const take of [plain, watched]) await take(ms);
  const pairs: Pair[] = [];
  for (let i = 0; i < numPairs; i++) {
    onPair(i + 1, numPairs);
    if (i % 2 === 0) pairs.push([await plain(ms), await watched(ms)]);
    else pairs.push([await watched(ms), await plain(ms)].reverse() as [Turn, Turn]);
  }
  return pairs;
}
