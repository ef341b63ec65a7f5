import type { Queued } from '@sparring/runtime';
import { expand, isLaidOut, type SweepRecord, type SweepRun, type SweepStore } from '@sparring/sweep';
import { Recent } from '../recent.js';

/** Whoever computes sweeps for weeks must not keep every one. */
const mostKept = 16;

export interface PulledSweep {
  readonly record: SweepRecord;
  readonly runs: readonly SweepRun[];
}

/** The sweeps whose runs this process has pulled, each read and expanded once, while it is in use. */
export class PulledSweeps {
  /** By the record's object: what is computed follows from it, and it does not change. */
  readonly #known = new Recent<PulledSweep>(mostKept);

  /** null where there is no such sweep, or it has been stopped since. */
  async of(store: SweepStore, { sweep: id, stops }: Pick<Queued, 'sweep' | 'stops'>): Promise<PulledSweep | null> {
    const header = (await store.header(id))?.value;
    if (!header || !isLaidOut(header, stops)) return null;
    const known = this.#known.get(header.record);
    if (known) return known;
    const record = await store.record(header);
    if (!record) return null;
    const sweep = { record, runs: expand(record) };
    this.#known.set(header.record, sweep);
    return sweep;
  }
}
