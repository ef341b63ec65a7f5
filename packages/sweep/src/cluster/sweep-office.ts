import type { SweepVerb } from '@sparring/protocol';
import type { NatsStore, WorkQueue } from '@sparring/runtime';
import type { SweepRun } from '../expansion/expand.js';
import type { SweepRecord } from '../record/sweep-record.js';
import type { Wish } from '../record/wish.js';
import { apply } from '../schedule/run-states.js';
import { type KnownSweep, KnownSweeps } from './known-sweeps.js';
import { lateVerdicts } from './late-verdicts.js';
import { freshEntry, stateOf, withState } from './run-entry.js';
import { type Header, keys, type SweepStore } from './sweep-store.js';
import type { ListedSweep, ToldSweep } from './told-sweep.js';

/** Told of what an office does by itself. */
export type OfficeEvent =
  | { readonly kind: 'laid-out'; readonly sweep: string; readonly runs: number }
  | { readonly kind: 'failed-fast'; readonly sweep: string }
  | { readonly kind: 'fault'; readonly error: Error };

export interface OfficeOptions {
  readonly store: NatsStore;
  readonly queue: WorkQueue;
  readonly onEvent: (event: OfficeEvent) => void;
}

/** Much longer than it takes to write a checkpoint, and to say so. */
const releaseMs = 30_000;
/** Written at a time. */
const atOnce = 64;

/**
 * The coordinator's part in sweeps: it takes what clients submit, lays the runs out for trainers, and tells how they are. All of it lies
 * in the store: an office that is opened anew lays out what is not settled, and goes on. Trainers do not need it.
 */
export class SweepOffice {
  readonly #store: SweepStore;
  readonly #queue: WorkQueue;
  readonly #known: KnownSweeps;
  readonly #onEvent: OfficeOptions['onEvent'];
  readonly #toJudge = new Set<string>();
  readonly #timers = new Set<NodeJS.Timeout>();
  /** What is done by itself, one after the other. */
  #work: Promise<void> = Promise.resolve();

  static async open({ store, queue, onEvent }: OfficeOptions): Promise<SweepOffice> {
    let office: SweepOffice | undefined;
    const known = await KnownSweeps.open(store, (identity) => office?.heard(identity));
    office = new SweepOffice(known, queue, onEvent);
    office.#later(() => office.#takeUp());
    return office;
  }

  private constructor(known: KnownSweeps, queue: WorkQueue, onEvent: OfficeOptions['onEvent']) {
    this.#known = known;
    this.#store = known.store;
    this.#queue = queue;
    this.#onEvent = onEvent;
  }

  /** Resolves when what was begun is done. */
  async close(): Promise<void> {
    this.#known.close();
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#work;
  }

  /** Takes a sweep, or goes on with one that there is: who asks for the same again gets the same. Returns why not, where not. */
  async submit(asked: SweepRecord): Promise<string | null> {
    const { id } = asked;
    const found = await this.#store.header(id);
    if (found?.value.wish === 'cancel')
      return `${id} was cancelled: "sweep resume" goes on with it all the same, "sweep rm" forgets it`;
    // What may change without another run coming of it is taken from the newest command.
    const before = found && (await this.#store.record(found.value));
    const record = before ? { ...asked, createdAt: before.createdAt } : asked;
    const name = keys.newRecord(id);
    await this.#store.durable.putObject(name, new TextEncoder().encode(JSON.stringify(record)));
    await this.#known.caughtUp(await this.#writeHeader(id, () => ({ wish: 'run', record: name })));
    if (found) await this.#store.durable.deleteObject(found.value.record);
    this.#later(() => this.#layOut(id));
    return null;
  }

  list(): ListedSweep[] {
    return this.#known.all().map((sweep) => {
      const counts = { waiting: 0, claimed: 0, done: 0, failed: 0, pruned: 0 };
      let running = 0;
      for (const { status, open } of this.#known.states(sweep)) {
        counts[status]++;
        if (open && status === 'claimed') running++;
      }
      const { header, record, runs } = sweep;
      return { sweep: record.id, wish: header.wish, runs: runs.length, counts, running };
    });
  }

  /** What has changed since a revision; for 0, all. null where no sweep, or more than one, begins so. */
  async show(beginning: string, after: number): Promise<ToldSweep | null> {
    await this.#known.read();
    const sweep = this.find(beginning);
    if (!sweep) return null;
    let revision = sweep.revision;
    const runs = this.#known.states(sweep).flatMap(({ run, folder: _, ...state }) => {
      const written = this.#known.revisionOf(run.identity);
      revision = Math.max(revision, written);
      if (written <= after) return [];
      const entry = this.#known.entry(run.identity);
      const process = state.open ? (entry?.claim?.process ?? null) : null;
      return [{ ...state, number: run.number, process, step: entry?.step ?? 0 }];
    });
    const { header, record } = sweep;
    return { id: record.id, wish: header.wish, revision, record: after === 0 ? record : null, runs };
  }

  find(beginning: string): KnownSweep | null {
    const exact = this.#known.get(beginning);
    if (exact) return exact;
    const begun = this.#known.all().filter(({ record }) => record.id.startsWith(beginning));
    return begun.length === 1 ? begun[0]! : null;
  }

  ids(): string[] {
    return this.#known.all().map(({ record }) => record.id);
  }

  /** Returns why not, where not. */
  async change(id: string, verb: SweepVerb): Promise<string | null> {
    const found = await this.#store.header(id);
    if (found === null) return `there is no sweep ${id}`;
    if (verb === 'pause' || verb === 'cancel') await this.#stop(id, verb);
    else if (verb === 'remove') return this.#remove(id);
    else {
      if (verb === 'retry') await this.#retry(id);
      await this.#known.caughtUp(await this.#writeHeader(id, (header) => ({ ...header!, wish: 'run' })));
      this.#later(() => this.#layOut(id));
    }
    return null;
  }

  /** A file of a run that is done; empty where there is none. */
  async read(identity: string, path: string): Promise<Uint8Array> {
    return (await this.#store.durable.getObject(keys.resultFile(identity, path))) ?? new Uint8Array();
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
      await this.#giveUp(id);
    });
  }

  /** What another coordinator has left: runs that are not in the queue, verdicts that it did not come to, remains of what was removed. */
  async #takeUp(): Promise<void> {
    for (const { record, header } of this.#known.all()) {
      if (header.wish !== 'run') {
        this.#releaseLater(record.id);
        continue;
      }
      await this.#layOut(record.id);
      if (record.prune) await this.#giveUp(record.id);
    }
    await inTurn(this.#known.orphans(), (identity) => this.#forgetRun(identity));
  }

  async #layOut(id: string): Promise<void> {
    await this.#known.read();
    const sweep = this.#known.get(id);
    if (!sweep) return;
    const left = this.#known.states(sweep).filter(({ status }) => status === 'waiting' || status === 'claimed');
    await this.#queue.add(left.map(({ run }) => ({ sweep: id, number: run.number, identity: run.identity })));
    // It may have been stopped meanwhile.
    if ((await this.#store.header(id))?.value.wish !== 'run') await this.#queue.clear(id);
    else this.#onEvent({ kind: 'laid-out', sweep: id, runs: left.length });
  }

  async #stop(id: string, wish: Wish): Promise<void> {
    await this.#known.caughtUp(await this.#writeHeader(id, (header) => ({ ...header!, wish })));
    await this.#queue.clear(id);
    this.#releaseLater(id);
  }

  /** Whoever is at a run of a sweep that is stopped gives it back. Who does not is dead, and another sweep that has the run waits for it. */
  #releaseLater(id: string): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#later(async () => {
        const sweep = this.#known.get(id);
        if (!sweep || sweep.header.wish === 'run') return;
        const held = sweep.runs.filter(({ identity }) => this.#known.entry(identity)?.claim?.sweep === id);
        await inTurn(held, ({ identity }) =>
          this.#store.changeRun(identity, (entry) => (entry?.claim?.sweep === id ? { ...entry, claim: null } : null)),
        );
      });
    }, releaseMs);
    this.#timers.add(timer);
  }

  async #failFast(id: string): Promise<void> {
    if ((await this.#store.header(id))?.value.wish !== 'run') return;
    await this.#stop(id, 'pause');
    this.#onEvent({ kind: 'failed-fast', sweep: id });
  }

  async #retry(id: string): Promise<void> {
    const sweep = this.#known.get(id);
    if (!sweep) return;
    const failed = this.#known.states(sweep).filter(({ status }) => status === 'failed');
    await inTurn(failed, ({ run }) => this.#tell(sweep, run, { kind: 'retried' }));
  }

  async #giveUp(id: string): Promise<void> {
    const sweep = this.#known.get(id);
    if (!sweep) return;
    const verdicts = lateVerdicts(sweep, this.#known);
    await inTurn([...verdicts], ([{ run }, verdict]) => this.#tell(sweep, run, { kind: 'pruned', ...verdict }));
  }

  async #tell({ record }: KnownSweep, run: SweepRun, event: Told): Promise<void> {
    const { identity } = run;
    const done = await this.#store.result(identity);
    await this.#store.changeRun(identity, (entry = freshEntry) => {
      const state = stateOf(run, record.id, entry, done?.value);
      const before = state.status;
      if (event.kind === 'retried' && before !== 'failed') return null;
      if (event.kind === 'pruned' && before === 'pruned') return null;
      const at = new Date().toISOString();
      apply(new Map([[identity, state]]), [{ ...event, sweep: record.id, identity, at }], record);
      return withState(entry, record.id, state);
    });
  }

  async #remove(id: string): Promise<string | null> {
    await this.#known.read();
    const sweep = this.#known.get(id);
    if (!sweep) return `there is no sweep ${id}`;
    const states = this.#known.states(sweep);
    if (sweep.header.wish === 'run' && states.some(({ status }) => status === 'waiting' || status === 'claimed'))
      return `${id} is being computed: cancel it first`;
    await this.#queue.clear(id);
    await this.#store.durable.delete(keys.header(id));
    await this.#store.durable.deleteObject(sweep.header.record);
    this.#known.drop(id);
    const begun = sweep.runs.filter(({ identity }) => this.#known.revisionOf(identity) > 0);
    // What is left of it when this process dies, the next coordinator forgets.
    this.#later(() => inTurn(begun, ({ identity }) => this.#forgetRun(identity)));
    return null;
  }

  async #forgetRun(identity: string): Promise<void> {
    // Another sweep has it too, or does so by now.
    if (this.#known.having(identity).length > 0) return;
    const { durable } = this.#store;
    const files = Object.values(this.#known.entry(identity)?.files ?? {});
    const results = ['summary.json', 'metrics.jsonl', 'config.yaml'].map((path) => keys.resultFile(identity, path));
    for (const object of [...files, ...results]) await durable.deleteObject(object);
    for (const key of [keys.curve(identity), keys.run(identity), keys.result(identity)]) await durable.delete(key);
  }

  async #writeHeader(id: string, change: (header: Header | undefined) => Header): Promise<number> {
    const { durable } = this.#store;
    for (;;) {
      const found = await this.#store.header(id);
      const value = JSON.stringify(change(found?.value));
      const key = keys.header(id);
      const written = found ? await durable.update(key, value, found.revision) : await durable.create(key, value);
      if (written !== null) return written;
    }
  }

  #later(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch((error: Error) => this.#onEvent({ kind: 'fault', error }));
  }
}

type Told =
  | { readonly kind: 'retried' }
  | { readonly kind: 'pruned'; readonly epoch: number; readonly error: number; readonly median: number };

async function inTurn<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  for (let from = 0; from < items.length; from += atOnce) await Promise.all(items.slice(from, from + atOnce).map(work));
}
