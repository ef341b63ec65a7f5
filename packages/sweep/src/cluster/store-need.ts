import type { StoreRoom } from '@sparring/runtime';
import type { Configuration, SweepRecord } from '../record/sweep-record.js';
import type { RunState } from '../schedule/run-states.js';

/** Of a store, what no checkpoint may take: it is kept for results, claims, and whatever else is small and must not wait. */
const partForResults = 1 / 16;
/** Entry and result of a run, its errors, its message in the queue, and what the broker writes around them. */
const bytesOfEntries = 4_096;

/** A sweep that is to be computed, or is, with where its runs stand. */
export interface SweepToStore {
  readonly record: SweepRecord;
  readonly states: Iterable<Pick<RunState, 'run' | 'status'>>;
}

/** Bytes that sweeps may come to hold in a store at most, beside what it holds already. */
export interface StoreNeed {
  /** Of runs that are left, with all that is kept of each when it is done. */
  readonly runs: number;
  readonly results: number;
  /** Of the runs that trainers are at, each while it replaces what is stored of it. */
  readonly atWork: number;
  readonly checkpoints: number;
}

/** Of sweeps that are computed side by side by so many trainers. */
export function storeNeed(sweeps: readonly SweepToStore[], trainers: number): StoreNeed {
  let [runs, results, largest] = [0, 0, 0];
  for (const { record, states } of sweeps) {
    for (const { run, status } of states) {
      if (status !== 'waiting' && status !== 'claimed') continue;
      const { checkpoints, files } = bytesOf(record.configurations[run.configuration]!);
      runs++;
      results += files + bytesOfEntries;
      largest = Math.max(largest, checkpoints + files);
    }
  }
  const atWork = Math.min(runs, trainers);
  return { runs, results, atWork, checkpoints: 2 * atWork * largest };
}

/** Bytes that checkpoints may still take. */
export function roomForCheckpoints({ used, most }: StoreRoom): number {
  return Math.max(0, Math.floor(most * (1 - partForResults)) - used);
}

/** Why the need is more than there is room for; null where it is not. */
export function shortage({ results, checkpoints, ...counts }: StoreNeed, room: StoreRoom): string | null {
  const free = roomForCheckpoints(room);
  if (results + checkpoints <= free) return null;
  const parts = [
    `${inBytes(results)} for what ${plural(counts.runs, 'run')} come to`,
    `${inBytes(checkpoints)} for the checkpoints of ${plural(counts.atWork, 'trainer')}`,
  ];
  const way =
    'sweep over fewer seeds, forget sweeps that are done ("sweep rm"), take fewer trainers, or give the broker a larger store (--store-size, or "max_file" in its configuration)';
  return `the broker's store is too small: with all sweeps that are to run it may take ${inBytes(results + checkpoints)} more (${parts.join(', ')}), and ${inBytes(free)} of ${inBytes(room.most)} are free: ${way}`;
}

/** Nothing is known of a record from before it was estimated. */
export function bytesOf({ bytes }: Configuration): NonNullable<Configuration['bytes']> {
  return bytes ?? { checkpoint: 0, checkpoints: 0, files: 0 };
}

/** '3.2 GB' */
export function inBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  return `${(bytes / 1_000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}

function plural(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
