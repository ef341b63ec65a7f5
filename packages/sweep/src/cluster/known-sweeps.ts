import type { Bus, Change, NatsStore, Stop } from '@sparring/runtime';
import { expand, type SweepRun } from '../expansion/expand.js';
import type { SweepRecord } from '../record/sweep-record.js';
import type { RunState } from '../schedule/run-states.js';
import type { Entries } from './decode-entry.js';
import { Reached } from './reached.js';
import { type CurveEntry, type ResultEntry, type RunEntry, stateOf } from './run-entry.js';
import { type Header, SweepStore } from './sweep-store.js';

/** A sweep as the store has it now. */
export interface KnownSweep {
  readonly header: Header;
  /** At which the header was written. */
  readonly revision: number;
  readonly record: SweepRecord;
  readonly runs: readonly SweepRun[];
}

/** Told of a run about which something was written. */
export type Heard = (identity: string) => void;

/**
 * All sweeps of a cluster with what is known of their runs, kept up to date with the store: whoever writes there, every process that
 * watches has it a moment later. Ten thousand runs take some ten megabytes.
 */
export class KnownSweeps {
  readonly store: SweepStore;
  readonly #durable: NatsStore;
  readonly #onHeard: Heard;
  readonly #sweeps = new Map<string, KnownSweep>();
  /** By identity; undefined: what is written there is malformed. */
  readonly #entries = new Map<string, RunEntry | undefined>();
  readonly #results = new Map<string, ResultEntry | undefined>();
  readonly #curves = new Map<string, CurveEntry | undefined>();
  /** Of the last that was written about a run. */
  readonly #revisions = new Map<string, number>();
  /** By identity. */
  readonly #runs = new Map<string, [sweep: KnownSweep, number: number][]>();
  readonly #stop: Stop;
  readonly #heard = new Reached();
  /** Sweeps whose record has not been read yet, or was lost. */
  readonly #unread = new Set<string>();
  /** Headers come before the records that they name can be read: they follow each other. */
  #reading: Promise<void> = Promise.resolve();

  /**
   * Resolves when all that there is has been read.
   * @param bus counts what is malformed
   */
  static async open(durable: NatsStore, bus: Pick<Bus, 'refuse'>, onHeard: Heard): Promise<KnownSweeps> {
    let sweeps: KnownSweeps | undefined;
    await new Promise<void>((resolve) => {
      sweeps = new KnownSweeps(durable, bus, onHeard, resolve);
    });
    await sweeps!.read();
    return sweeps!;
  }

  private constructor(durable: NatsStore, bus: Pick<Bus, 'refuse'>, onHeard: Heard, onKnown: () => void) {
    this.store = new SweepStore(durable, bus);
    this.#durable = durable;
    this.#onHeard = onHeard;
    this.#stop = this.#durable.watch((change) => this.#hear(change), onKnown);
  }

  close(): void {
    this.#stop();
  }

  /** Resolves when the records of all headers that were heard are read. */
  read(): Promise<void> {
    return this.#reading;
  }

  all(): KnownSweep[] {
    return [...this.#sweeps.values()];
  }

  get(id: string): KnownSweep | undefined {
    return this.#sweeps.get(id);
  }

  /** Of a sweep's runs, in its order. */
  states(sweep: KnownSweep): RunState[] {
    return sweep.runs.map(({ number }) => this.state(sweep, number));
  }

  state({ record, runs }: KnownSweep, number: number): RunState {
    return this.stateIn(record.id, runs[number]!);
  }

  /** Of a run in a sweep, also in one that is not known. */
  stateIn(sweep: string, run: SweepRun): RunState {
    return stateOf(run, sweep, this.#entries.get(run.identity), this.#results.get(run.identity));
  }

  /** Resolves when all is known that was written up to a revision. */
  async caughtUp(revision: number): Promise<void> {
    await this.#heard.until(revision);
    await this.#reading;
  }

  get heardUpTo(): number {
    return this.#heard.revision;
  }

  /** Forgets a sweep that was removed, before the store tells of it. */
  drop(id: string): void {
    const sweep = this.#sweeps.get(id);
    this.#sweeps.delete(id);
    if (sweep) this.#forget(sweep);
  }

  entry(identity: string): RunEntry | undefined {
    return this.#entries.get(identity);
  }

  curve(identity: string): CurveEntry | undefined {
    return this.#curves.get(identity);
  }

  /** At which something was written about a run last; 0: never. */
  revisionOf(identity: string): number {
    return this.#revisions.get(identity) ?? 0;
  }

  /** Sweeps that have a run. */
  having(identity: string): readonly (readonly [sweep: KnownSweep, number: number])[] {
    return this.#runs.get(identity) ?? [];
  }

  /** Runs of which the store keeps something, but that no sweep has; none while a sweep's runs are not known. */
  async orphans(): Promise<string[]> {
    await this.#reading;
    if (this.#unread.size > 0) return [];
    return [...this.#revisions.keys()].filter((identity) => this.having(identity).length === 0);
  }

  #hear(change: Change): void {
    try {
      this.#take(change);
    } finally {
      // Whoever waits for what comes after it must not wait for ever.
      this.#heard.reach(change.revision);
    }
  }

  #take({ key, value, revision }: Change): void {
    const [kind, id] = key.split('.') as [string, string];
    switch (kind) {
      case 'sweep':
        this.#unread.add(id);
        this.#reading = this.#reading.then(() => this.#hearHeader(id, value, revision)).catch(() => {});
        return;
      case 'run':
        this.#hearRun('run', this.#entries, { id, value, revision });
        return;
      case 'result':
        this.#hearRun('result', this.#results, { id, value, revision });
        return;
      case 'curve':
        this.#hearRun('curve', this.#curves, { id, value, revision });
        return;
    }
  }

  async #hearHeader(id: string, value: string | null, revision: number): Promise<void> {
    const before = this.#sweeps.get(id);
    const header = value === null ? undefined : this.store.decode('sweep', id, value);
    if (!header) {
      this.#unread.delete(id);
      return this.drop(id);
    }
    if (before?.header.record === header.record) {
      Object.assign(before, { header, revision });
      this.#unread.delete(id);
      return;
    }
    const record = await this.store.record(header);
    // Replaced meanwhile: that comes next.
    if (record === null) return;
    const sweep: KnownSweep = { header, revision, record, runs: expand(record) };
    this.#sweeps.set(id, sweep);
    this.#unread.delete(id);
    if (before) this.#forget(before);
    for (const { identity, number } of sweep.runs) {
      const having = this.#runs.get(identity);
      if (having) having.push([sweep, number]);
      else this.#runs.set(identity, [[sweep, number]]);
    }
  }

  #forget(sweep: KnownSweep): void {
    for (const { identity } of sweep.runs) {
      const left = (this.#runs.get(identity) ?? []).filter(([other]) => other !== sweep);
      if (left.length > 0) this.#runs.set(identity, left);
      else this.#runs.delete(identity);
    }
  }

  #hearRun<Kind extends keyof Entries>(
    kind: Kind,
    kept: Map<string, Entries[Kind] | undefined>,
    { id, value, revision }: Written,
  ): void {
    if (value === null) kept.delete(id);
    else kept.set(id, this.store.decode(kind, id, value));
    const isKnown = this.#entries.has(id) || this.#results.has(id) || this.#curves.has(id);
    if (isKnown) this.#revisions.set(id, revision);
    else this.#revisions.delete(id);
    this.#onHeard(id);
  }
}

/** `Change` of what is kept of a sweep or a run. */
interface Written extends Omit<Change, 'key'> {
  readonly id: string;
}
