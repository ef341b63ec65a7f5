import type { RunRecord } from '@sparring/coordinator';
import type { Summary } from '../folder/summary.js';
import type { RunSource, ShownRun } from '../live/shown-run.js';
import { mostListed, type RunRow } from '../view/run-view.js';
import { type Archive, RecordedRun } from './recorded-run.js';

/** Runs that are kept for the pages that show them. */
const mostShown = 64;
/** Results that are read from the store for one list: the next one has more. */
const mostRead = 50;

type Result = Pick<RunRow, 'errors' | 'isTested' | 'examplesPerSecond' | 'digest'>;

const noResult: Result = { errors: {}, isTested: false, examplesPerSecond: null, digest: '' };

/** A cluster's runs, as its coordinator has them: the one that is trained as it goes, all others from their records. */
export class RecordedRuns implements RunSource {
  readonly #archive: Archive;
  readonly #shown = new Map<string, RecordedRun>();
  /** They change no longer. */
  readonly #results = new Map<string, Result>();

  constructor(archive: Archive) {
    this.#archive = archive;
  }

  async list(): Promise<readonly RunRow[]> {
    const records = this.#archive.records.all().reverse().slice(0, mostListed);
    const unread = records.filter(({ run, status }) => status === 'finished' && !this.#results.has(run));
    // What cannot be read now can be another time.
    await Promise.allSettled(unread.slice(0, mostRead).map(({ run }) => this.#readResult(run)));
    const live = this.#archive.live();
    return records.map((record) =>
      live?.id === record.run && !live.isOver
        ? live.row()
        : { ...rowOf(record), ...(this.#results.get(record.run) ?? noResult) },
    );
  }

  async find(id: string): Promise<ShownRun | null> {
    if (!this.#archive.records.get(id)) return null;
    const known = this.#shown.get(id);
    const run = known ?? new RecordedRun(id, this.#archive);
    if (!known) {
      for (const oldest of this.#shown.keys()) if (this.#shown.size >= mostShown) this.#shown.delete(oldest);
      this.#shown.set(id, run);
    }
    await run.refresh();
    return run;
  }

  async #readResult(run: string): Promise<void> {
    const summary = (await this.#archive.records.summary(run, 'net')) as Summary | null;
    if (!summary) return;
    const { test, examplesPerSecond, parametersDigest: digest } = summary;
    const errors = Object.fromEntries(Object.entries(test).map(([attack, { error }]) => [attack, error]));
    this.#results.set(run, { errors, isTested: true, examplesPerSecond, digest });
  }
}

function rowOf({ run, name, seed, status, startedAt, step, lastStep }: RunRecord): Omit<RunRow, keyof Result> {
  return {
    ...{ id: run, name, seed, status, startedAtMs: startedAt || null },
    progress: `step ${step} of ${lastStep || '…'}`,
  };
}
