import type { SlotView } from '@sparring/dashboard';
import type { FollowedSweep, Pace, RunState } from '@sparring/sweep';
import type { Hands } from '../hands.js';
import type { SweepView } from '../sweep-view.js';
import { nameOf } from '../sweep-words.js';

/** Who of a cluster is at what of a sweep, as the process that follows it has been told. */
export class ClusterHands implements Hands {
  readonly #view: SweepView;
  readonly #sweep: FollowedSweep;
  readonly #startedAt = performance.now();
  readonly #settledBefore: number;
  /** By the run's number: who was first seen at it when. */
  readonly #seen = new Map<number, { readonly process: string; readonly at: number }>();

  constructor(view: SweepView, sweep: FollowedSweep) {
    this.#view = view;
    this.#sweep = sweep;
    this.#settledBefore = view.count('done', 'failed', 'pruned');
  }

  /** As many slots as there are runs that somebody is at: which other trainers could take one, only they know. */
  pace(): Pace {
    const { size } = this.#sweep.processes;
    return { slots: size, busySlots: size, etaSeconds: this.#eta() };
  }

  slots(): SlotView[] {
    const states = [...this.#view.states.values()];
    for (const number of this.#seen.keys()) if (!this.#sweep.processes.has(number)) this.#seen.delete(number);
    return [...this.#sweep.processes].map(([number, process]) => ({
      ...{ run: nameOf(this.#view, states[number]!.run), place: process, part: null, epoch: 0 },
      seconds: Math.round((performance.now() - this.#since(number, process)) / 1_000),
    }));
  }

  isRunning({ run }: RunState): boolean {
    return this.#sweep.processes.has(run.number);
  }

  #since(number: number, process: string): number {
    const seen = this.#seen.get(number);
    if (seen?.process === process) return seen.at;
    const at = performance.now();
    this.#seen.set(number, { process, at });
    return at;
  }

  /** Seconds, at the rate at which runs have ended since this was opened; null where none has. */
  #eta(): number | null {
    const settled = this.#view.count('done', 'failed', 'pruned') - this.#settledBefore;
    const left = this.#view.count('waiting', 'claimed');
    if (settled === 0 || left === 0) return null;
    return (left * (performance.now() - this.#startedAt)) / 1_000 / settled;
  }
}
