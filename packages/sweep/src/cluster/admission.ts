import type { WorkerBeat } from '@sparring/protocol';
import { expand } from '../expansion/expand.js';
import type { SweepRecord } from '../record/sweep-record.js';
import type { KnownSweeps } from './known-sweeps.js';
import { type SweepToStore, shortage, storeNeed } from './store-need.js';

/**
 * Lets sweeps run only where the store has room for them beside all that are to run. What is promised to one counts at once for the others, before
 * the store tells of it: they need not wait for each other.
 */
export class Admission {
  readonly #known: KnownSweeps;
  readonly #workers: () => readonly Pick<WorkerBeat, 'role'>[];
  /** Let run, and not yet known to run. */
  readonly #promised = new Set<SweepRecord>();

  constructor(known: KnownSweeps, workers: () => readonly Pick<WorkerBeat, 'role'>[]) {
    this.#known = known;
    this.#workers = workers;
  }

  /**
   * Has a sweep run, where there is room for it, or where nobody knows. Returns why not, where not.
   * @param run resolves when it is known to run, or why it does not
   */
  async admit(record: SweepRecord, run: () => Promise<string | null>): Promise<string | null> {
    const room = await this.#known.store.durable.room();
    await this.#known.read();
    // From here to the promise nothing may be waited for.
    const lacking = room && shortage(storeNeed(this.#toRun(record), this.#trainers), room);
    if (lacking !== null) return lacking;
    const promise = { ...record };
    this.#promised.add(promise);
    try {
      return await run();
    } finally {
      this.#promised.delete(promise);
    }
  }

  /** A sweep, and all that are to run beside it. */
  #toRun(record: SweepRecord): SweepToStore[] {
    const sweeps = new Map<string, SweepToStore>();
    for (const sweep of this.#known.all())
      if (sweep.header.wish === 'run')
        sweeps.set(sweep.record.id, { record: sweep.record, states: this.#known.states(sweep) });
    for (const each of [...this.#promised, record])
      sweeps.set(each.id, { record: each, states: expand(each).map((run) => this.#known.stateIn(each.id, run)) });
    return [...sweeps.values()];
  }

  get #trainers(): number {
    return Math.max(1, this.#workers().filter(({ role }) => role === 'trainer').length);
  }
}
