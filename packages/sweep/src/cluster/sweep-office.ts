import type { SweepVerb, WorkerBeat } from '@sparring/protocol';
import type { Bus, NatsStore, WorkQueue } from '@sparring/runtime';
import type { SweepRecord } from '../record/sweep-record.js';
import { Admission } from './admission.js';
import { forgetRuns, giveUp, releaseHeld, retryFailed } from './change-runs.js';
import { KnownSweeps } from './known-sweeps.js';
import { removeSweep } from './remove-sweep.js';
import { type Header, isLaidOut, keys, type SweepStore, stopsOf } from './sweep-store.js';
import { findKnown, listKnown, tellKnown } from './tell-sweeps.js';
import type { ListedSweep, ToldSweep } from './told-sweep.js';

/** Told of what an office does by itself. */
export type OfficeEvent =
  | { readonly kind: 'laid-out'; readonly sweep: string; readonly runs: number }
  | { readonly kind: 'failed-fast'; readonly sweep: string }
  | { readonly kind: 'fault'; readonly error: Error };

export interface OfficeOptions {
  readonly store: NatsStore;
  /** Counts what is malformed in the store. */
  readonly bus: Pick<Bus, 'refuse'>;
  readonly queue: WorkQueue;
  /** All of the cluster that are alive. */
  readonly workers: () => readonly WorkerBeat[];
  readonly onEvent: (event: OfficeEvent) => void;
  /** After a sweep was stopped, until whoever still holds a run of it is taken for dead. */
  readonly releaseMs?: number;
}

/** Much longer than it takes to write a checkpoint, and to say so. */
const usualReleaseMs = 30_000;

/**
 * The coordinator's part in sweeps: it takes what clients submit, lays the runs out for trainers, and tells how they are. All of it lies
 * in the store: an office that is opened anew lays out what is not settled, and goes on. Trainers do not need it.
 */
export class SweepOffice {
  readonly #store: SweepStore;
  readonly #queue: WorkQueue;
  readonly #known: KnownSweeps;
  readonly #admission: Admission;
  readonly #workers: OfficeOptions['workers'];
  readonly #onEvent: OfficeOptions['onEvent'];
  readonly #releaseMs: number;
  readonly #toJudge = new Set<string>();
  readonly #timers = new Set<NodeJS.Timeout>();
  /** What is done by itself, one after the other. */
  #work: Promise<void> = Promise.resolve();

  static async open({ store, bus, ...options }: OfficeOptions): Promise<SweepOffice> {
    let office: SweepOffice | undefined;
    const known = await KnownSweeps.open(store, bus, (identity) => office?.heard(identity));
    office = new SweepOffice(known, options);
    office.#later(() => office.#takeUp());
    return office;
  }

  private constructor(known: KnownSweeps, options: Omit<OfficeOptions, 'store' | 'bus'>) {
    const { queue, workers, onEvent, releaseMs = usualReleaseMs } = options;
    this.#known = known;
    this.#store = known.store;
    this.#queue = queue;
    this.#admission = new Admission(known, workers);
    this.#workers = workers;
    this.#onEvent = onEvent;
    this.#releaseMs = releaseMs;
  }

  /** Resolves when what was begun is done. */
  async close(): Promise<void> {
    this.#known.close();
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#work;
  }

  /** Resolves when all that was begun by itself so far is done: runs are laid out, verdicts written, what was removed is gone. */
  settled(): Promise<void> {
    return this.#work;
  }

  /** The revision up to which it knows the store. */
  get heardUpTo(): number {
    return this.#known.heardUpTo;
  }

  /** Takes a sweep, or goes on with one that there is: who asks for the same again gets the same. Returns why not, where not. */
  async submit(asked: SweepRecord): Promise<string | null> {
    const { id } = asked;
    const found = await this.#store.header(id);
    if (found?.value.wish === 'cancel') return wasCancelled(id);
    // What may change without another run coming of it is taken from the newest command.
    const before = found && (await this.#store.record(found.value));
    const record = before ? { ...asked, createdAt: before.createdAt } : asked;
    const run = () => this.#write(record);
    return found?.value.wish === 'run' ? run() : this.#admission.admit(record, run);
  }

  list(): ListedSweep[] {
    return listKnown(this.#known);
  }

  /** What has changed since a revision; for 0, all. null where no sweep, or more than one, begins so. */
  async show(beginning: string, after: number): Promise<ToldSweep | null> {
    await this.#known.read();
    const sweep = findKnown(this.#known, beginning);
    return sweep && tellKnown(this.#known, sweep, after, this.#workers());
  }

  /** Returns why not, where not. */
  async change(id: string, verb: SweepVerb): Promise<string | null> {
    const found = await this.#store.header(id);
    const absent = `there is no sweep ${id}`;
    if (found === null) return absent;
    if (verb === 'pause' || verb === 'cancel') return (await this.#stop(id, verb)) ? null : absent;
    if (verb === 'remove') return removeSweep(this.#known, this.#queue, id, (work) => this.#later(work));
    const sweep = this.#known.get(id);
    const run = async () => {
      if (verb === 'retry' && sweep) await retryFailed(this.#known, sweep);
      if (!(await this.#changeHeader(id, (header) => ({ ...header, wish: 'run' })))) return absent;
      this.#later(() => this.#layOut(id));
      return null;
    };
    return sweep && found.value.wish !== 'run' ? this.#admission.admit(sweep.record, run) : run();
  }

  /** What is kept of the folder of a run that is done; empty where there is nothing. */
  async files(identity: string): Promise<Uint8Array> {
    return (await this.#store.durable.getObject(keys.resultFiles(identity))) ?? new Uint8Array();
  }

  /** Something was written about a run: its sweep may have to be stopped, or runs be given up. */
  heard(identity: string): void {
    for (const [sweep, number] of this.#known.having(identity)) {
      const { record, header } = sweep;
      if (header.wish !== 'run') continue;
      if (record.failFast && this.#known.state(sweep, number).status === 'failed')
        this.#later(() => this.#failFast(record.id));
      if (record.prune) this.#soonGiveUp(record.id);
    }
  }

  /** Once for all that is heard until it has its turn. */
  #soonGiveUp(id: string): void {
    if (this.#toJudge.has(id)) return;
    this.#toJudge.add(id);
    this.#later(async () => {
      this.#toJudge.delete(id);
      const sweep = this.#known.get(id);
      if (sweep) await giveUp(this.#known, sweep);
    });
  }

  /** What another coordinator has left: runs that are not in the queue, verdicts that it did not come to, remains of what was removed. */
  async #takeUp(): Promise<void> {
    for (const sweep of this.#known.all()) {
      const { record, header } = sweep;
      if (stopsOf(header) > 0) this.#releaseLater(record.id);
      if (header.wish !== 'run') continue;
      await this.#layOut(record.id);
      if (record.prune) await giveUp(this.#known, sweep);
    }
    await forgetRuns(this.#known, await this.#known.orphans());
  }

  async #layOut(id: string): Promise<void> {
    await this.#known.read();
    const sweep = this.#known.get(id);
    if (!sweep) return;
    const left = this.#known.states(sweep).filter(({ status }) => status === 'waiting' || status === 'claimed');
    const stops = stopsOf(sweep.header);
    await this.#queue.add(left.map(({ run: { number, identity } }) => ({ sweep: id, number, identity, stops })));
    // It may have been stopped meanwhile.
    if (!isLaidOut((await this.#store.header(id))?.value, stops)) await this.#queue.clear(id, stops);
    else this.#onEvent({ kind: 'laid-out', sweep: id, runs: left.length });
  }

  /** Returns whether there is such a sweep. */
  async #stop(id: string, wish: 'pause' | 'cancel'): Promise<boolean> {
    const before = await this.#changeHeader(id, (header) => ({ ...header, wish, stops: stopsOf(header) + 1 }));
    if (!before) return false;
    // What follows another verb meanwhile is laid out after one stop more.
    await this.#queue.clear(id, stopsOf(before));
    this.#releaseLater(id);
    return true;
  }

  /** Whoever is at a run of a sweep that is stopped gives it back. Who does not is dead, and another sweep that has the run waits for it. */
  #releaseLater(id: string): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#later(async () => {
        const sweep = this.#known.get(id);
        if (sweep) await releaseHeld(this.#known, sweep);
      });
    }, this.#releaseMs);
    this.#timers.add(timer);
  }

  async #failFast(id: string): Promise<void> {
    if ((await this.#store.header(id))?.value.wish !== 'run') return;
    if (await this.#stop(id, 'pause')) this.#onEvent({ kind: 'failed-fast', sweep: id });
  }

  /** Has a sweep run that there is none of, or a newer record of it. Returns why not, where not. */
  async #write(record: SweepRecord): Promise<string | null> {
    const { id } = record;
    const { durable } = this.#store;
    const name = keys.newRecord(id);
    await durable.putObject(name, new TextEncoder().encode(JSON.stringify(record)));
    const written = await this.#store.changeHeader(id, (header) =>
      header?.wish === 'cancel' ? null : { ...header, wish: 'run', record: name },
    );
    const unnamed = written === null ? name : written.before?.record;
    if (unnamed !== undefined) await durable.deleteObject(unnamed);
    if (written === null) return wasCancelled(id);
    await this.#known.caughtUp(written.revision);
    this.#later(() => this.#layOut(id));
    return null;
  }

  /** Returns what was there before; undefined where there is no such sweep: it may have been removed meanwhile. */
  async #changeHeader(id: string, change: (header: Header) => Header): Promise<Header | undefined> {
    const written = await this.#store.changeHeader(id, (header) => (header ? change(header) : null));
    if (written !== null) await this.#known.caughtUp(written.revision);
    return written?.before;
  }

  #later(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch((error: Error) => this.#onEvent({ kind: 'fault', error }));
  }
}

function wasCancelled(id: string): string {
  return `${id} was cancelled`;
}
