import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { EpochRecord } from '@sparring/coordinator';
import { type RunConfig, RunFolder, RunInUse, ThreadShelf } from '@sparring/runtime';
import { deadly, type LedgerEvent, RunLine, type RunState } from '@sparring/sweep';
import type { Progress } from '../presentation/progress.js';
import type { Phase } from '../train/train-phase.js';
import { type Book, summaryOf } from './book.js';
import { computeRun } from './compute-run.js';
import { type Curves, watchedFolder } from './curves.js';
import { progressOf } from './progress-of.js';
import { resultOf } from './result-of.js';
import { type Ending, endingOf } from './run-ending.js';
import type { SharedData } from './shared-data.js';

/** Told while a sweep is computed; slots are counted from 0. */
export interface SweepListener {
  begun(slot: number, state: RunState): void;
  progress(slot: number, state: RunState, doneSteps: number, lastStep: number): void;
  epoch(slot: number, state: RunState, record: EpochRecord): void;
  ended(slot: number, state: RunState, error: string | null): void;
}

export interface RunnerOptions {
  readonly book: Book;
  readonly slots: number;
  readonly data: SharedData;
  /** Where there is a median rule. */
  readonly curves: Curves | null;
  readonly listener: SweepListener;
}

/** Why a runner has stopped before its sweep was done. */
export type Stopped = 'interrupted' | 'failed fast' | { readonly fault: Error };

/** Computes the runs of a sweep that are left, several at a time, each in a slot with a compute thread of its own. */
export class SweepRunner {
  readonly #options: RunnerOptions;
  readonly #line: RunLine;
  readonly #shelf = new ThreadShelf();
  /** What is being computed, with the means to end it. */
  readonly #out = new Map<RunState, AbortController>();
  #stopped: Stopped | null = null;
  /** Slots that have nothing to do for the time being. */
  readonly #idle: (() => void)[] = [];

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#line = new RunLine(options.book.states.values());
  }

  /** null when nothing is left to do. */
  async run(): Promise<Stopped | null> {
    await this.#prune();
    const slots = Array.from({ length: Math.min(this.#options.slots, Math.max(1, this.#line.left)) }, (_, n) => n);
    const watch = this.#watch();
    try {
      await Promise.all(slots.map((slot) => this.#serve(slot)));
    } finally {
      watch.abort();
      await this.#shelf.close();
    }
    return this.#stopped;
  }

  /** Ends all slots: each run writes a checkpoint first. */
  stop(why: Stopped): void {
    this.#stopped ??= why;
    for (const controller of this.#out.values()) controller.abort();
    this.#wake();
  }

  async #serve(slot: number): Promise<void> {
    while (this.#stopped === null) {
      const state = this.#line.take();
      if (state === null) break;
      if (state === 'later') {
        await this.#pause();
        continue;
      }
      try {
        await this.#attend(slot, state);
      } catch (error) {
        this.#line.settle();
        // Not the run's fault: of the ledger, or of the disk under all of them.
        this.stop({ fault: error as Error });
      }
      this.#wake();
    }
    this.#wake();
  }

  /** Claims a run and computes it, unless that has been done, or is being done, elsewhere. */
  async #attend(slot: number, state: RunState): Promise<void> {
    const { book } = this.#options;
    const config = this.#configOf(state);
    const path = join(book.out, state.run.folder);
    let folder: RunFolder;
    try {
      folder = await RunFolder.claim(path, config);
    } catch (error) {
      if (!(error instanceof RunInUse)) throw error;
      return this.#line.elsewhere(state);
    }
    try {
      // Who held it before has told of it first.
      this.#heed(await book.tell());
      if (state.status === 'waiting' || state.status === 'claimed') await this.#begin(slot, state, folder, config);
    } finally {
      await folder.release();
    }
    await this.#prune();
    if (state.status === 'claimed' && this.#stopped === null) this.#line.again(state);
    else this.#line.settle();
  }

  async #begin(slot: number, state: RunState, folder: RunFolder, config: RunConfig): Promise<void> {
    const { listener } = this.#options;
    const done = await summaryOf(folder.path);
    if (done) return this.#tell(state, { kind: 'done', folder: state.run.folder, result: resultOf(done) });
    const step = await progressOf(folder.path);
    const killer = deadly(state, step);
    listener.begun(slot, state);
    if (killer === null) {
      await this.#tell(state, { kind: 'claimed', folder: state.run.folder, step });
      return this.#compute(slot, state, folder, config);
    }
    await this.#tell(state, { kind: 'threw', error: killer, final: true });
    this.#conclude(slot, state, killer);
  }

  async #compute(slot: number, state: RunState, folder: RunFolder, config: RunConfig): Promise<void> {
    const { data } = this.#options;
    const controller = new AbortController();
    this.#out.set(state, controller);
    if (this.#stopped !== null) controller.abort();
    let [ending, error] = [null as Ending | null, null as Error | null];
    try {
      const summary = await computeRun({
        ...{ folder, config, identity: state.run.identity, data, shelf: this.#shelf, signal: controller.signal },
        dataSet: await data.load(config.data),
        showOn: (phase) => this.#shown(slot, state, folder, phase),
      });
      ending = { kind: 'done', folder: state.run.folder, result: resultOf(summary) };
    } catch (thrown) {
      error = thrown as Error;
      ending = endingOf(error, this.#options.curves?.verdictOn(state.run.number));
    } finally {
      this.#out.delete(state);
    }
    if (!ending) throw error;
    await this.#tell(state, ending);
    this.#conclude(slot, state, ending.kind === 'threw' ? ending.error : null);
  }

  #conclude(slot: number, state: RunState, threw: string | null): void {
    const { listener, book } = this.#options;
    listener.ended(slot, state, threw);
    if (threw !== null && state.status === 'failed' && book.record.failFast) this.stop('failed fast');
  }

  #shown(slot: number, state: RunState, folder: RunFolder, phase: Required<Phase>): Progress {
    const { listener, curves } = this.#options;
    const watched = phase.folder.path === watchedFolder(folder.path, this.#configOf(state));
    return {
      advance: ({ step, lastStep }) => listener.progress(slot, state, step, lastStep),
      endEpoch: (record) => {
        listener.epoch(slot, state, record);
        if (watched && curves?.add(state.run.number, record))
          void this.#prune().catch((fault: Error) => this.stop({ fault }));
      },
      probed: () => {},
      note: () => {},
      end: () => {},
    };
  }

  /** Gives up whom the median rule gives up, as soon as that is known. */
  async #prune(): Promise<void> {
    const { book, curves } = this.#options;
    if (!curves) return;
    for (const [state, verdict] of curves.newVerdicts([...book.states.values()])) {
      // Whoever computes it tells of it.
      if (this.#out.has(state)) this.#out.get(state)!.abort();
      else await this.#tell(state, { kind: 'pruned', ...verdict });
    }
  }

  async #tell(state: RunState, event: Ending | Beginning): Promise<void> {
    const { book } = this.#options;
    const at = new Date().toISOString();
    this.#heed(await book.tell({ ...event, sweep: book.record.id, identity: state.run.identity, at }));
  }

  /** Others may have asked for failed runs to be tried again. */
  #heed(news: readonly LedgerEvent[]): void {
    const { record, states } = this.#options.book;
    for (const { kind, sweep, identity } of news) {
      const state = states.get(identity);
      if (kind === 'retried' && sweep === record.id && state?.status === 'claimed') this.#line.add(state);
    }
  }

  /** Looks once a second for what others have told, and whether runs that they held are free. */
  #watch(): AbortController {
    const over = new AbortController();
    const look = async () => {
      while (!over.signal.aborted) {
        await setTimeout(1_000, undefined, { signal: over.signal, ref: false }).catch(() => {});
        if (over.signal.aborted) return;
        this.#heed(await this.#options.book.tell());
        this.#line.recheck();
        this.#wake();
      }
    };
    look().catch((fault: Error) => this.stop({ fault }));
    return over;
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #wake(): void {
    for (const resume of this.#idle.splice(0)) resume();
  }

  #configOf({ run }: RunState): RunConfig {
    return { ...this.#options.book.record.configurations[run.configuration]!.config, seed: run.seed };
  }
}

type Beginning = { readonly kind: 'claimed'; readonly folder: string; readonly step: number };
