import type { Records, RunRecord } from '@sparring/coordinator';
import type { LiveRun } from '../live/live-run.js';
import type { RunSource, ShownRun } from '../live/shown-run.js';
import type { RunRow } from '../view/run-view.js';
import { RecordedRun } from './recorded-run.js';

/** Runs that are kept for the pages that show them. */
const mostShown = 64;

/** A cluster's runs, as its coordinator has them: the one that is trained as it goes, all others from their records. */
export class RecordedRuns implements RunSource {
  readonly #records: Records;
  readonly #live: () => LiveRun | undefined;
  readonly #shown = new Map<string, RecordedRun>();

  constructor(records: Records, live: () => LiveRun | undefined) {
    this.#records = records;
    this.#live = live;
  }

  async list(): Promise<readonly RunRow[]> {
    return this.#records
      .all()
      .reverse()
      .map((record) => (this.#live()?.id === record.run ? this.#live()!.row() : rowOf(record)));
  }

  async find(id: string): Promise<ShownRun | null> {
    if (!this.#records.get(id)) return null;
    const known = this.#shown.get(id);
    const run = known ?? new RecordedRun(id, this.#records, () => (this.#live()?.id === id ? this.#live() : undefined));
    if (!known) {
      for (const oldest of this.#shown.keys()) if (this.#shown.size >= mostShown) this.#shown.delete(oldest);
      this.#shown.set(id, run);
    }
    await run.refresh();
    return run;
  }
}

/** Without what would have to be read from the store for each. */
function rowOf({ run, name, seed, status, startedAt, step, lastStep }: RunRecord): RunRow {
  return {
    ...{ id: run, name, seed, status, startedAtMs: startedAt || null },
    ...{
      progress: `step ${step} of ${lastStep || '…'}`,
      errors: {},
      isTested: false,
      examplesPerSecond: null,
      digest: '',
    },
  };
}
