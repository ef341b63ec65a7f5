import { randomUUID } from 'node:crypto';
import {
  type CoordinatorBeat,
  clusterSubjects,
  coordinatorSilenceMs,
  type Role,
  type RunSettings,
  subjectsOf,
} from '@sparring/protocol';
import type { Bus, Stop } from '../bus/bus.js';
import type { Computer } from './computer.js';
import { JoinRefused } from './join.js';
import { type WorkerEvent, type WorkerOptions, WorkLoop } from './work-loop.js';

export interface ClusterWorkerOptions {
  readonly bus: Bus;
  readonly role: Role;
  readonly open: WorkerOptions['open'];
  /** What it does while the coordinator has no run for it. */
  readonly pastime?: Pastime | undefined;
  readonly onEvent: (event: ClusterWorkerEvent) => void;
}

/**
 * Other work, until the signal is aborted: resolves when that has been laid down. `tell` says what it is, as a run is named; empty: nothing
 * for the moment.
 */
export type Pastime = (signal: AbortSignal, tell: (work: string) => void) => Promise<void>;

export type ClusterWorkerEvent =
  | WorkerEvent
  | { readonly kind: 'serving'; readonly run: string; readonly term: number }
  | { readonly kind: 'idle' }
  /** It cannot serve this run: refused by the coordinator, or without what the run needs. */
  | { readonly kind: 'unable'; readonly run: string; readonly reason: string };

/** Before it offers itself again for a run that it could not serve, and before it joins again a run that it was sent away from. */
const retryMs = { unable: 5_000, left: 200 };

/**
 * A worker of a cluster: hears from the coordinator which run there is, serves it, and waits for the next. A new coordinator's term is a
 * new membership; the compute thread, and what it holds, stays.
 */
export class ClusterWorker {
  readonly #options: ClusterWorkerOptions;
  readonly #name: string;
  readonly #unsubscribe: Stop;
  #heard: { readonly run: string; readonly term: number } = { run: '', term: 0 };
  #heardAt = performance.now();
  #changed = () => {};
  #loop: WorkLoop | undefined;
  /** What it passes its time with; empty: nothing. */
  #pastime = '';
  #leisure: AbortController | undefined;
  #kept:
    | { readonly key: string; readonly computer: Computer; fingerprint?: ReturnType<Computer['fingerprint']> }
    | undefined;
  #stopping = false;
  readonly #finished: Promise<void>;

  constructor(options: ClusterWorkerOptions) {
    this.#options = options;
    this.#name = `${options.role}-${randomUUID().slice(0, 8)}`;
    this.#unsubscribe = options.bus.subscribe(clusterSubjects().coordinator.beat, (beat) => this.#hear(beat));
    this.#finished = this.#live();
  }

  get role(): Role {
    return this.#options.role;
  }

  /** Of the coordinator that it heard last; 0 where it heard none. */
  get term(): number {
    return this.#heard.term;
  }

  /** Its id in the run that it serves, and the run; between runs, an id of its own, and what it passes the time with. */
  get place(): { readonly workerId: string; readonly run: string } {
    const workerId = this.#loop?.workerId;
    return workerId === undefined ? { workerId: this.#name, run: this.#pastime } : { workerId, run: this.#heard.run };
  }

  /** Leaves the run; the compute thread ends with the task that it is at. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#unsubscribe();
    this.#leisure?.abort();
    this.#changed();
    await this.#finished;
    await this.#kept?.computer.close();
  }

  #hear({ coordinatorId, run, term }: CoordinatorBeat): void {
    const now = performance.now();
    // An old coordinator that wakes up says what it said last, for a moment. One that nobody contradicts is the coordinator: where the
    // store was lost, terms begin anew.
    if (term < this.#heard.term && now - this.#heardAt < coordinatorSilenceMs) {
      this.#options.bus.refuse('old-term', `the beat of ${coordinatorId}, in term ${this.#heard.term}`);
      return;
    }
    this.#heardAt = now;
    if (run === this.#heard.run && term === this.#heard.term) return;
    this.#heard = { run, term };
    if (run !== '') this.#leisure?.abort();
    this.#changed();
  }

  async #live(): Promise<void> {
    const { pastime } = this.#options;
    let idle = false;
    // A coordinator that has not been heard yet may have a run for it; where there is none, other work need not wait.
    let patient = true;
    while (!this.#stopping) {
      const { run, term } = this.#heard;
      const change = new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
      if (run === '') {
        if (!idle) this.#options.onEvent({ kind: 'idle' });
        idle = true;
        if (pastime && (term > 0 || !patient)) await this.#passTime(pastime);
        else await (pastime ? Promise.race([change, delay(coordinatorSilenceMs)]) : change);
        patient = false;
        continue;
      }
      idle = false;
      const again = await this.#serve(run, term, change);
      if (again !== null) await Promise.race([change, delay(again)]);
    }
  }

  /** Until there is a run; what it was at is laid down first. */
  async #passTime(pastime: Pastime): Promise<void> {
    this.#leisure = new AbortController();
    try {
      await pastime(this.#leisure.signal, (work) => {
        this.#pastime = work;
      });
    } finally {
      this.#pastime = '';
      this.#leisure = undefined;
    }
  }

  /** Serves a run until it hears of another; returns how long to wait before it tries this one again. */
  async #serve(run: string, term: number, change: Promise<void>): Promise<number | null> {
    const { bus, role, onEvent } = this.#options;
    const loop = new WorkLoop({
      ...{ bus, role, subjects: subjectsOf(run), qualify: true, onEvent },
      open: (settings, signal) => this.#open(settings, signal),
    });
    this.#loop = loop;
    const abandon = change.then(() => loop.stop());
    try {
      onEvent({ kind: 'serving', run, term });
      await loop.start();
      await loop.finished;
      return retryMs.left;
    } catch (error) {
      if (this.#stopping || this.#heard.run !== run || this.#heard.term !== term) return null;
      if (error instanceof JoinRefused || !isPassing(error)) {
        onEvent({ kind: 'unable', run, reason: (error as Error).message });
        return retryMs.unable;
      }
      return retryMs.left;
    } finally {
      this.#loop = undefined;
      // Nothing waits for a loop that ended by itself.
      abandon.catch(() => {});
    }
  }

  /** The computer that it has, where that was opened for the same run; loops do not close it. */
  async #open(settings: RunSettings, signal: AbortSignal): Promise<Computer> {
    const { term: _, ...lasting } = settings;
    const key = JSON.stringify(lasting);
    if (this.#kept?.key !== key) {
      const old = this.#kept?.computer;
      this.#kept = undefined;
      await old?.close();
      this.#kept = { key, computer: await this.#options.open(settings, signal) };
    }
    const kept = this.#kept;
    const { computer } = kept;
    return {
      dataChecksum: computer.dataChecksum,
      compute: (task, inputs) => computer.compute(task, inputs),
      steps: computer.steps,
      fingerprint: () => {
        kept.fingerprint ??= computer.fingerprint();
        return kept.fingerprint;
      },
      close: async () => {},
      kill: () => {
        if (this.#kept === kept) this.#kept = undefined;
        computer.kill();
      },
    };
  }
}

/** The coordinator is not there at the moment: no reason to complain. */
function isPassing(error: unknown): boolean {
  const { name } = error as Error;
  return name === 'NoResponders' || name === 'RequestTimeout' || name === 'AbortError';
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
