import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { SweepRun } from '../expansion/expand.js';
import type { LedgerEvent, RunResult } from '../record/ledger-event.js';
import type { SweepRecord } from '../record/sweep-record.js';
import { apply, deadly, type RunState } from '../schedule/run-states.js';
import { freshEntry, type ResultEntry, type RunEntry, stateOf, withoutCheckpoint, withState } from './run-entry.js';
import { isLaidOut, type SweepStore, stopsOf } from './sweep-store.js';
import { dropUnnamed, tidy } from './tidy.js';

export interface ClaimRequest {
  readonly store: SweepStore;
  readonly record: SweepRecord;
  readonly run: SweepRun;
  /** The life of the broker by which the run was pulled. */
  readonly broker: string;
  /** How often the sweep had been stopped when the run was laid out. */
  readonly stops: number;
}

export type Claiming =
  | { readonly kind: 'held'; readonly held: HeldRun }
  /** There is nothing left to do about it in this sweep. */
  | { readonly kind: 'settled' }
  /** Somebody else is at it, for another sweep, or was quicker. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'failed'; readonly error: string };

/** What happened to a held run: an event of it, as the ledger would have it. */
type Ended =
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'threw'; readonly error: string; readonly final: boolean };

/**
 * A run that this process has claimed, until it is concluded or another claims it. Whoever holds a run is who its entry in the store
 * says: all writes are made at the revision that was seen.
 */
export class HeldRun {
  readonly #request: ClaimRequest;
  readonly #owner: string;
  #entry: RunEntry;
  #revision: number;

  /** Claims a run, unless it is settled or another holds it. A run under which its process has died too often fails instead. */
  static async claim(request: ClaimRequest): Promise<Claiming> {
    const { store, record, run, broker, stops } = request;
    const done = await store.result(run.identity);
    const found = await store.run(run.identity);
    const state = stateOf(run, record.id, found?.value, done?.value);
    if (state.status !== 'waiting' && state.status !== 'claimed') {
      if (found && (done || found.value.claim?.sweep === record.id)) {
        if (done && found.value.claim) await dropUnnamed(store, run.identity, {});
        await tidy(store, run, found, done !== null);
      }
      return { kind: 'settled' };
    }
    const entry = found?.value ?? freshEntry;
    // Its own message comes again when nothing was heard of whoever pulled it: that one is dead. Of another sweep's message, or one of before
    // the sweep was stopped, nobody here knows: whoever pulled it may be about to notice.
    const { claim: before } = entry;
    if (before && (before.sweep !== record.id || stopsOf(before) !== stops)) return { kind: 'elsewhere' };
    // Where the broker went down too, it was the machine, or whoever kills processes: not the run.
    state.open = before?.broker === broker;
    const killer = deadly(state, entry.step);
    const at = new Date().toISOString();
    const common = { sweep: record.id, identity: run.identity, at };
    const event: LedgerEvent = killer
      ? { ...common, kind: 'threw', error: killer, final: true }
      : { ...common, kind: 'claimed', folder: run.folder, step: entry.step };
    apply(new Map([[run.identity, state]]), [event], record);
    const owner = randomUUID();
    const claim = killer ? null : { owner, process: thisProcess(), sweep: record.id, at, broker, stops };
    const next = { ...withState(entry, record.id, state), claim };
    const revision = await store.writeRun(run.identity, next, found?.revision ?? 0);
    if (revision === null) return { kind: 'elsewhere' };
    if (killer) return { kind: 'failed', error: killer };
    if (before) await dropUnnamed(store, run.identity, entry.files);
    return { kind: 'held', held: new HeldRun(request, owner, next, revision) };
  }

  private constructor(request: ClaimRequest, owner: string, entry: RunEntry, revision: number) {
    this.#request = request;
    this.#owner = owner;
    this.#entry = entry;
    this.#revision = revision;
  }

  get files(): RunEntry['files'] {
    return this.#entry.files;
  }

  /** Ends of those who held it before without a word, in a row, none of which had come further. */
  get deaths(): number {
    return this.#entry.deaths;
  }

  /** Steps of the checkpoint that the store has. */
  get step(): number {
    return this.#entry.step;
  }

  /** Looks whether it is to go on: another may hold it by now, its sweep may have given it up, or have been stopped since it was claimed. */
  async look(): Promise<'held' | 'lost' | 'pruned' | 'stopped'> {
    const { store, record, run, stops } = this.#request;
    const found = await store.run(run.identity);
    if (found?.value.claim?.owner !== this.#owner) return 'lost';
    if (found.value.sweeps[record.id]?.pruned) return 'pruned';
    return isLaidOut((await store.header(record.id))?.value, stops) ? 'held' : 'stopped';
  }

  /** A checkpoint lies in the store. Returns whether it counts: not where another holds the run now. */
  progress(step: number, files: RunEntry['files']): Promise<boolean> {
    return this.#change((entry) => ({ ...entry, step, files }));
  }

  /** Gives the run back: with the checkpoint that the store has, or with what it threw; of one that was given up nothing stays. Returns its state. */
  async release(ended: Ended): Promise<RunState> {
    const { record, run } = this.#request;
    let state = stateOf(run, record.id, this.#entry, undefined);
    let dropped: RunEntry['files'] = {};
    const isReleased = await this.#change((entry) => {
      state = stateOf(run, record.id, entry, undefined);
      const event = { ...ended, sweep: record.id, identity: run.identity, at: new Date().toISOString() };
      apply(new Map([[run.identity, state]]), [event], record);
      const next = { ...withState(entry, record.id, state), claim: null };
      dropped = state.status === 'pruned' ? entry.files : {};
      return state.status === 'pruned' ? withoutCheckpoint(next) : next;
    });
    // Where another holds the run by now, its entry names them still.
    if (isReleased) for (const object of Object.values(dropped)) await this.#request.store.durable.deleteObject(object);
    return state;
  }

  /** Commits the run's result. Returns whether it is the one that counts: not where there was one already. */
  async commit(result: RunResult): Promise<boolean> {
    const { store, run } = this.#request;
    const entry: ResultEntry = { result, at: new Date().toISOString(), process: thisProcess() };
    const isFirst = await store.commit(run.identity, entry);
    await tidy(store, run, { value: this.#entry, revision: this.#revision }, true);
    return isFirst;
  }

  async #change(change: (entry: RunEntry) => RunEntry): Promise<boolean> {
    const { store, run } = this.#request;
    for (;;) {
      const next = change(this.#entry);
      const revision = await store.writeRun(run.identity, next, this.#revision);
      if (revision !== null) {
        this.#entry = next;
        this.#revision = revision;
        return true;
      }
      // The coordinator may have written what the sweep has decided about it.
      const found = await store.run(run.identity);
      if (found?.value.claim?.owner !== this.#owner) return false;
      this.#entry = found.value;
      this.#revision = found.revision;
    }
  }
}

function thisProcess(): string {
  return `${process.pid} on ${hostname()}`;
}
