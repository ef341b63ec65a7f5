import type { EngineName } from '@sparring/engine';
import type { RunConfig } from '@sparring/runtime';
import type { Trouble } from '../cluster/trouble.js';
import type { Arrangement, Comparison } from './arrangement.js';
import { Forked } from './forked.js';
import type { Look, OnlookersRequest, Seen } from './onlookers.js';
import type { TrainedTurn, TraineeRequest } from './trainee.js';
import { type Pair, type Turn, takeTurns } from './turns.js';

export interface Place {
  readonly config: RunConfig;
  readonly engine: EngineName;
  /** Of measuring each of the two. */
  readonly seconds: number;
  /** Processes of each, one after the other. */
  readonly numProcesses: number;
  readonly trouble: Trouble;
}

export interface Compared {
  /** Of each two processes that took turns. */
  readonly rounds: readonly (readonly Pair[])[];
  /** What those who watched came to see. */
  readonly seen: Seen;
}

/**
 * Measures the two arrangements of a comparison in turns, each in a process of its own, and does so again with other processes: two that do
 * the same may differ by percents for as long as they live, by where their memory lies and what was compiled how. @throws the trouble
 */
export async function compare(
  comparison: Comparison,
  { seconds, numProcesses, ...place }: Place,
  onPair: (pair: number, numPairs: number) => void,
): Promise<Compared> {
  const rounds: (readonly Pair[])[] = [];
  const seen = { scrapes: 0, messages: 0 };
  for (let i = 0; i < numProcesses; i++) {
    const round = await compareOnce(
      comparison,
      { ...place, seconds: seconds / numProcesses },
      i % 2 === 1,
      (pair, of) => onPair(i * of + pair, numProcesses * of),
    );
    rounds.push(round.pairs);
    seen.scrapes += round.seen.scrapes;
    seen.messages += round.seen.messages;
  }
  return { rounds, seen };
}

async function compareOnce(
  { plain, watched }: Comparison,
  { config, engine, seconds, trouble }: Omit<Place, 'numProcesses'>,
  watchedFirst: boolean,
  onPair: (pair: number, numPairs: number) => void,
): Promise<{ readonly pairs: readonly Pair[]; readonly seen: Seen }> {
  const started: Forked[] = [];
  const start = (module: string) => {
    const forked = new Forked(new URL(module, import.meta.url));
    started.push(forked);
    return forked;
  };
  const begin = async (arrangement: Arrangement) => {
    const trainee = start('./trainee-process.js');
    const request: TraineeRequest = { config, engine, arrangement };
    const url = await trouble.unless(trainee.ask<string | null>(request));
    const turn = (ms: number) => trouble.unless(trainee.ask<TrainedTurn>(ms));
    return { url, turn };
  };
  const seen = { scrapes: 0, messages: 0 };
  try {
    const early = await begin(watchedFirst ? watched : plain);
    const late = await begin(watchedFirst ? plain : watched);
    const [first, second] = watchedFirst ? [late, early] : [early, late];
    const onlookers = start('./onlookers-process.js');
    const { scrapeEveryMs, pages } = watched;
    await trouble.unless(onlookers.ask({ url: second.url!, scrapeEveryMs, pages } satisfies OnlookersRequest));
    const alone = async (ms: number): Promise<Turn> => ({ ...(await first.turn(ms)), onlookers: { ms: 0, cpuMs: 0 } });
    const lookedAt = async (ms: number): Promise<Turn> => {
      // They come before anything is counted: their pages are told all there is, once.
      const [turn] = await Promise.all([second.turn(ms), trouble.unless(onlookers.ask('look'))]);
      const { spent, scrapes, messages } = await trouble.unless(onlookers.ask<Look>('rest'));
      seen.scrapes += scrapes;
      seen.messages += messages;
      return { ...turn, onlookers: spent };
    };
    return { pairs: await takeTurns([alone, lookedAt], seconds, onPair), seen };
  } finally {
    await Promise.allSettled(started.map((forked) => forked.close()));
  }
}
