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
  readonly trouble: Trouble;
}

export interface Compared {
  readonly pairs: readonly Pair[];
  /** What those who watched came to see. */
  readonly seen: Seen;
}

/** Starts the two arrangements of a comparison, each a process of its own, measures them in turns and ends them. @throws the trouble */
export async function compare(
  { plain, watched }: Comparison,
  { config, engine, seconds, trouble }: Place,
  onPair: (pair: number, numPairs: number) => void,
): Promise<Compared> {
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
    const [first, second] = [await begin(plain), await begin(watched)];
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
