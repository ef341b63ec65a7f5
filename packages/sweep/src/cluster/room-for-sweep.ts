import type { WorkerBeat } from '@sparring/protocol';
import { expand } from '../expansion/expand.js';
import type { SweepRecord } from '../record/sweep-record.js';
import type { KnownSweeps } from './known-sweeps.js';
import { shortage, storeNeed } from './store-need.js';

/** Why there is no room in the store for a sweep beside those that are to run already; null where there is, or where nobody knows. */
export async function lackOfRoom(
  known: KnownSweeps,
  record: SweepRecord,
  workers: readonly Pick<WorkerBeat, 'role'>[],
): Promise<string | null> {
  const room = await known.store.durable.room();
  if (room === null) return null;
  await known.read();
  const others = known.all().filter((other) => other.header.wish === 'run' && other.record.id !== record.id);
  const sweeps = others.map((other) => ({ record: other.record, states: known.states(other) }));
  const states = expand(record).map((run) => known.stateIn(record.id, run));
  const trainers = workers.filter(({ role }) => role === 'trainer').length;
  return shortage(storeNeed([...sweeps, { record, states }], Math.max(1, trainers)), room);
}
