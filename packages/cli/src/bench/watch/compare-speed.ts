import type { EngineName } from '@sparring/engine';
import type { RunConfig } from '@sparring/runtime';
import type { Trouble } from '../cluster/trouble.js';
import type { Arrangement, Comparison } from './arrangement.js';
import { Forked } from './forked.js';
import type { Onlookers, Seen } from './onlookers-process.js';
import { type Paired, pair } from './pair.js';
import type { TraineeRequest } from './trainee.js';

export interface Place {
  readonly config: RunConfig;
  readonly engine: EngineName;
  /** Of measuring each of the two. */
  readonly seconds: number;
  readonly trouble: Trouble;
}

export interface Compared extends Paired {
  /** What those who watched came to see. */
  readonly seen: Seen;
}

/** Starts the two arrangements of a comparison, each a process of its own, measures them in turns and ends them. @throws the trouble */
export async function compareSpeed(
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
    const turn = (ms: number) => trouble.unless(trainee.ask<number>(ms));
    return { url, turn };
  };
  try {
    const [first, second] = [await begin(plain), await begin(watched)];
    const onlookers = start('./onlookers-process.js');
    const { scrapes, pages } = watched;
    await trouble.unless(onlookers.ask({ url: second.url!, scrapes, pages } satisfies Onlookers));
    const paired = await pair([first.turn, second.turn], seconds, onPair);
    return { ...paired, seen: await trouble.unless(onlookers.ask<Seen>('seen')) };
  } finally {
    await Promise.allSettled(started.map((forked) => forked.close()));
  }
}
