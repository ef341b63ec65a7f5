import type { RunInfo } from '@sparring/protocol';
import type { DurableStore } from '@sparring/runtime';
import type { EpochRecord, ProbeEvent } from '../events.js';
import type { Term } from './election.js';
import { type Written, writeInTerm } from './write-in-term.js';

/** The nets of a run: the net itself, and the one trained without an adversary for comparison. */
export type Phase = 'twin' | 'net';

type Kind = 'epoch' | 'probe';

/** A run as the store keeps it. */
export interface RunRecord extends RunInfo {
  /** By which its client knows it. */
  readonly submission: string;
  /** The text of its `config.yaml`; with the engine resolved once it has begun. */
  readonly config: string;
  /** Coordinators that began or went on with it and ended, not in order, before a checkpoint. */
  readonly attempts: number;
  /** Its last step is done and measured: what remains is the coordinator's own work, and no reason to give it up. */
  readonly trained?: boolean;
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
  /** What was measured of the run that is trained, and of the one that was shown last: by kind, run and phase. */
  readonly #measured = new Map<string, Promise<Map<number, unknown>>>();
  #trained = '';
  #shown = '';
  /** Writes of records follow each other: two at the same revision would look as if another coordinator had made one of them. */
  #written: Promise<unknown> = Promise.resolve();

  private constructor(store: DurableStore, term: Term) {
    this.#store = store;
    this.#term = term;
  }

  static async open(store: DurableStore, term: Term): Promise<Records> {
    const records = new Records(store, term);
    const terms = new Map<string, number>();
    for (const { key, value, revision } of await store.list('run')) {
      const { term: written, ...record } = JSON.parse(value) as RunRecord & Written;
      const other = records.bySubmission(record.submission);
      // One that was just superseded wrote the same submission, and told nobody: see `confirm`.
      const isOrphan = other !== undefined && written < terms.get(other.run)!;
      if (other) await store.delete(`run.${(isOrphan ? record : other).run}`);
      if (isOrphan) continue;
      if (other) records.#runs.delete(other.run);
      records.#runs.set(record.run, record);
      records.#revisions.set(key, revision);
      terms.set(record.run, written);
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
      await this.#write(`run.${record.run}`, record);
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
    await this.#write(`run.${run}`, record);
    return record;
  }

  /** Gives a run that is trained its end; one that has an end already keeps it. Returns the end that it has. @throws Deposed */
  async end(run: string, changes: Pick<RunRecord, 'status'> & Partial<RunRecord>): Promise<RunRecord['status']> {
    const { status } = this.#runs.get(run)!;
    if (status !== 'running') return status;
    return (await this.change(run, { ...changes, endedAt: Date.now() })).status;
  }

  /** Writes an epoch; one that is computed again after a takeover replaces itself. */
  async recordEpoch(run: string, phase: Phase, record: EpochRecord): Promise<void> {
    return this.#record('epoch', run, phase, record.epoch, record);
  }

  /** Writes a probe; one that is measured again after a takeover replaces itself. */
  async recordProbe(run: string, phase: Phase, probe: ProbeEvent): Promise<void> {
    return this.#record('probe', run, phase, probe.step, probe);
  }

  /** All that were recorded, in order. */
  async epochs(run: string, phase: Phase): Promise<EpochRecord[]> {
    return this.#recorded<EpochRecord>('epoch', run, phase);
  }

  /** All that were recorded, in order. */
  async probes(run: string, phase: Phase): Promise<ProbeEvent[]> {
    return this.#recorded<ProbeEvent>('probe', run, phase);
  }

  /** Under its number: the epoch, or the step of a probe. */
  async #record(kind: Kind, run: string, phase: Phase, number: number, record: unknown): Promise<void> {
    this.#trained = run;
    const measured = await this.#measuredOf(kind, run, phase);
    this.#term.lost.throwIfAborted();
    await this.#store.put(`${kind}.${run}.${phase}.${number}`, JSON.stringify(record));
    measured.set(number, record);
  }

  async #recorded<Record>(kind: Kind, run: string, phase: Phase): Promise<Record[]> {
    this.#shown = run;
    const measured = await this.#measuredOf(kind, run, phase);
    return [...measured].sort(([a], [b]) => a - b).map(([, record]) => record as Record);
  }

  /** Read from the store once: nobody else writes them. */
  #measuredOf(kind: Kind, run: string, phase: Phase): Promise<Map<number, unknown>> {
    const key = `${kind}.${run}.${phase}`;
    const known = this.#measured.get(key);
    if (known) return known;
    const read = this.#store.list(key).then((entries) => {
      const numberOf = (key: string) => Number(key.split('.').at(-1));
      return new Map(entries.map(({ key, value }) => [numberOf(key), JSON.parse(value) as unknown]));
    });
    for (const other of this.#measured.keys()) {
      const run = other.split('.')[1]!;
      if (run !== this.#trained && run !== this.#shown) this.#measured.delete(other);
    }
    this.#measured.set(key, read);
    // What could not be read now can be another time.
    read.catch(() => this.#measured.delete(key));
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

  #write(key: string, value: RunRecord): Promise<void> {
    const write = this.#written.then(() => this.#replace(key, value));
    // A failure is met by whoever waits for it, and those that follow are tried.
    this.#written = write.catch(() => {});
    return write;
  }

  /** Replaces what stands under a key, at the revision that this coordinator saw last. @throws Deposed */
  async #replace(key: string, value: RunRecord): Promise<void> {
    const written = { ...value, term: this.#term.number };
    const revision = await writeInTerm(this.#store, this.#term, key, written, this.#revisions.get(key));
    this.#revisions.set(key, revision);
  }
}
