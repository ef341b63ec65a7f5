import { setTimeout as delay } from 'node:timers/promises';
import type { WorkQueue } from '@sparring/runtime';
import { forgetRuns } from './change-runs.js';
import type { KnownSweeps } from './known-sweeps.js';
import { keys } from './sweep-store.js';

/** Longer than it takes to write a few bytes, where there is room for them. */
const fullMs = 1_000;

/**
 * Removes a sweep that has ended, or is not to go on. Returns why not, where not.
 * @param later does what takes long: what is left of it when this process dies, the next coordinator forgets
 */
export async function removeSweep(
  known: KnownSweeps,
  queue: WorkQueue,
  id: string,
  later: (work: () => Promise<void>) => void,
): Promise<string | null> {
  await known.read();
  const sweep = known.get(id);
  if (!sweep) return `there is no sweep ${id}`;
  const states = known.states(sweep);
  if (sweep.header.wish === 'run' && states.some(({ status }) => status === 'waiting' || status === 'claimed'))
    return `${id} is being computed: cancel it first`;
  await queue.clear(id);
  const { durable } = known.store;
  const gone = durable.delete(keys.header(id));
  // In a full store there is no room for the mark of it until what its runs had is gone.
  await Promise.race([gone, delay(fullMs, undefined, { ref: false })]);
  known.drop(id);
  const begun = sweep.runs.map(({ identity }) => identity).filter((identity) => known.revisionOf(identity) > 0);
  later(() => forgetRuns(known, begun));
  await gone;
  await durable.deleteObject(sweep.header.record);
  return null;
}
