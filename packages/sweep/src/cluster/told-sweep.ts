import { expand } from '../expansion/expand.js';
import type { SweepRecord } from '../record/sweep-record.js';
import type { Wish } from '../record/wish.js';
import { freshStates, type RunState } from '../schedule/run-states.js';

/** What clients are told of a run. */
export interface ToldRun extends Omit<RunState, 'run' | 'folder'> {
  readonly number: number;
  /** Who is at it: '4711 on this-host'; null: nobody. */
  readonly process: string | null;
  /** That its checkpoint holds. */
  readonly step: number;
}

/** What a cluster's coordinator answers who asks for a sweep. */
export interface ToldSweep {
  readonly id: string;
  readonly wish: Wish;
  /** To ask on from. */
  readonly revision: number;
  /** Where all was asked for. */
  readonly record: SweepRecord | null;
  /** Those that have changed since. */
  readonly runs: readonly ToldRun[];
  /** What keeps trainers from its runs, or from storing their checkpoints: 'process 4711 on this-host: …'. */
  readonly hindrances: readonly string[];
}

/** What a cluster's coordinator says of each sweep in its list. */
export interface ListedSweep {
  readonly sweep: string;
  readonly wish: Wish;
  readonly runs: number;
  readonly counts: Readonly<Record<RunState['status'], number>>;
  /** Of them somebody is at. */
  readonly running: number;
}

/** What is known of a sweep that a cluster computes, in a process that only asks. */
export class FollowedSweep {
  readonly record: SweepRecord;
  /** By identity, in the sweep's order. */
  readonly states: Map<string, RunState>;
  /** By number: who is at it. */
  readonly processes = new Map<number, string>();
  readonly #inOrder: readonly RunState[];
  #wish: Wish;
  #revision: number;
  #hindrances: readonly string[] = [];

  /** From the answer to a question for all of it. */
  constructor(told: ToldSweep) {
    this.record = told.record!;
    this.states = freshStates(expand(this.record));
    this.#inOrder = [...this.states.values()];
    this.#wish = told.wish;
    this.#revision = 0;
    this.update(told);
  }

  get wish(): Wish {
    return this.#wish;
  }

  /** As `ToldSweep` has them. */
  get hindrances(): readonly string[] {
    return this.#hindrances;
  }

  get revision(): number {
    return this.#revision;
  }

  /** Takes over what has changed. Returns the states of those runs, as they were and as they are. */
  update({ wish, revision, runs, hindrances }: ToldSweep): { readonly before: RunState; readonly state: RunState }[] {
    this.#wish = wish;
    this.#revision = revision;
    this.#hindrances = hindrances;
    return runs.map(({ number, process, step: _, ...told }) => {
      const state = this.#inOrder[number]!;
      const before = { ...state };
      Object.assign(state, told);
      if (process === null) this.processes.delete(number);
      else this.processes.set(number, process);
      return { before, state };
    });
  }
}
