import type { RunInfo } from '@sparring/protocol';
import type { DurableStore } from '@sparring/runtime';
import type { EpochRecord } from '../events.js';
import type { Term } from './election.js';

/** The nets of a run: the net itself, and the one trained without an adversary for comparison. */
export type Phase = 'twin' | 'net';

/** A run as the store keeps it. */
export interface RunRecord extends RunInfo {
  /** By which its client knows it. */
  readonly submission: string;
  /** The text of its `config.yaml`; with the engine resolved once it has begun. */
  readonly config: string;
  /** Coordinators that began or went on with it and ended before a checkpoint. */
  readonly attempts: number;
}

/**
 * Runs, their epochs and their results, in the store. Every change of a run's record is made at the revision that this coordinator
 * saw: one that has been superseded finds that it cannot write.
 */
export class Records {
  readonly #store: DurableStore;
  readonly #term: Term;
  readonly #revisions = new Map<string, number>();
  readonly #runs = new Map<string, RunRecord>();
  readonly #epochs = new Map<string, Promise<Map<number, EpochRecord>>>();
  /** Writes of records follow each other: two at the same revision would look as if another coordinator had made one of them. */
  #written: Promise<unknown> = Promise.resolve();

  private constructor(store: DurableStore, term: Term) {
    this.#store = store;
    this.#term = term;
  }

  static async open(store: DurableStore, term: Term): Promise<Records> {
    const records = new Records(store, term);
    for (const { key, value, revision } of await store.list('run')) {
      const record = JSON.parse(value) as RunRecord;
      records.#runs.set(record.run, record);
      records.#revisions.set(key, revision);
    }
    return records;
  }

  /** In the order in which they were submitted. */
  all(): RunRecord[] {
    return [...this.#runs.values()].sort((a, b) => a.submittedAt - b.submittedAt);
  }

  get(run: string): RunRecord | undefined {
    return this.#runs.get(run);
  }

  bySubmission(submission: string): RunRecord | undefined {
    for (const record of this.#runs.values()) if (record.submission === submission) return record;
    return undefined;
  }

  countOf(status: RunRecord['status']): number {
    let count = 0;
    for (const record of this.#runs.values()) if (record.status === status) count++;
    return count;
  }

  /** Resolves when it is stored. @throws Deposed */
  async add(record: RunRecord): Promise<void> {
    this.#runs.set(record.run, record);
    try {
      await this.#write(`run.${record.run}`, JSON.stringify(record));
    } catch (error) {
      this.#runs.delete(record.run);
      throw error;
    }
  }

  /** Resolves when what was added and changed so far is stored. */
  async stored(): Promise<void> {
    await this.#written;
  }

  /** @throws Deposed */
  async change(run: string, changes: Partial<RunRecord>): Promise<RunRecord> {
    const record = { ...this.#runs.get(run)!, ...changes };
    this.#runs.set(run, record);
    await this.#write(`run.${run}`, JSON.stringify(record));
    return record;
  }

  /** Writes an epoch; one that is computed again after a takeover replaces itself. */
  async recordEpoch(run: string, phase: Phase, record: EpochRecord): Promise<void> {
    const epochs = await this.#epochsOf(run, phase);
    await this.#store.put(`epoch.${run}.${phase}.${record.epoch}`, JSON.stringify(record));
    epochs.set(record.epoch, record);
  }

  /** All that were recorded, in order. */
  async epochs(run: string, phase: Phase): Promise<EpochRecord[]> {
    const epochs = await this.#epochsOf(run, phase);
    return [...epochs.values()].sort((a, b) => a.epoch - b.epoch);
  }

  /** Read from the store once: nobody else writes them. */
  #epochsOf(run: string, phase: Phase): Promise<Map<number, EpochRecord>> {
    const key = `epoch.${run}.${phase}`;
    const known = this.#epochs.get(key);
    if (known) return known;
    const read = this.#store.list(key).then((entries) => {
      const records = entries.map(({ value }) => JSON.parse(value) as EpochRecord);
      return new Map(records.map((record) => [record.epoch, record]));
    });
    this.#epochs.set(key, read);
    return read;
  }

  async summary(run: string, phase: Phase): Promise<unknown> {
    const entry = await this.#store.get(`summary.${run}.${phase}`);
    return entry === null ? null : JSON.parse(entry.value);
  }

  /** Once only: a second result of the same run is dropped. Returns whether this one counts. */
  async conclude(run: string, phase: Phase, summary: unknown): Promise<boolean> {
    this.#term.lost.throwIfAborted();
    return (await this.#store.create(`summary.${run}.${phase}`, JSON.stringify(summary))) !== null;
  }

  #write(key: string, value: string): Promise<void> {
    const write = this.#written.then(() => this.#replace(key, value));
    // A failure is met by whoever waits for it, and those that follow are tried.
    this.#written = write.catch(() => {});
    return write;
  }

  /** Replaces what stands under a key, at the revision that this coordinator saw last. @throws Deposed */
  async #replace(key: string, value: string): Promise<void> {
    this.#term.lost.throwIfAborted();
    const known = this.#revisions.get(key);
    const revision =
      known === undefined ? await this.#store.create(key, value) : await this.#store.update(key, value, known);
    if (revision === null) throw this.#term.depose(`${key} was written by another coordinator`);
    this.#revisions.set(key, revision);
  }
}
