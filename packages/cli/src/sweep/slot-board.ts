import type { EpochRecord } from '@sparring/coordinator';
import type { Pace, RunState } from '@sparring/sweep';
import type { SweepListener } from './sweep-runner.js';

/** What a slot is at. */
export interface BusySlot {
  readonly state: RunState;
  readonly startedAt: number;
  /** Part of the present training that is done; 1 while its net is measured. */
  part: number;
  /** With which it ends; 0 where that is not known yet. */
  lastStep: number;
  /** Epochs of it that are done. */
  epoch: number;
}

/** What each slot is at, how long runs take, and how long the rest will: for whoever shows it. */
export class SlotBoard implements SweepListener {
  readonly slots: (BusySlot | null)[];
  readonly #left: () => number;
  /** Seconds that runs took here, from claim to end. */
  #took = { runs: 0, seconds: 0 };

  /** @param left counts the runs that are not settled, those under way included */
  constructor(slots: number, left: () => number) {
    this.slots = Array.from({ length: slots }, () => null);
    this.#left = left;
  }

  begun(slot: number, state: RunState): void {
    this.slots[slot] = { state, startedAt: performance.now(), part: 0, lastStep: 0, epoch: 0 };
  }

  progress(slot: number, _state: RunState, doneSteps: number, lastStep: number): void {
    const at = this.slots[slot];
    if (at) Object.assign(at, { part: doneSteps / lastStep, lastStep });
  }

  epoch(slot: number, _state: RunState, { epoch, step }: EpochRecord): void {
    const at = this.slots[slot];
    // Progress is told a few times a second only: it may lag behind the last epoch.
    if (at) Object.assign(at, { epoch, part: step === at.lastStep ? 1 : at.part });
  }

  ended(slot: number, state: RunState): void {
    const seconds = this.secondsAt(slot);
    this.slots[slot] = null;
    if (state.status !== 'done') return;
    this.#took = { runs: this.#took.runs + 1, seconds: this.#took.seconds + seconds };
  }

  /** Since the run in a slot was begun; 0 where there is none. */
  secondsAt(slot: number): number {
    const at = this.slots[slot];
    return at ? (performance.now() - at.startedAt) / 1_000 : 0;
  }

  isRunning(state: RunState): boolean {
    return this.slots.some((at) => at?.state === state);
  }

  pace(): Pace {
    const busy = this.slots.filter(Boolean).length;
    return { slots: this.slots.length, busySlots: busy, etaSeconds: this.#eta() };
  }

  /** Seconds; null before the first run is done, and after the last. */
  #eta(): number | null {
    const left = this.#left();
    const { runs, seconds } = this.#took;
    if (runs === 0 || left === 0) return null;
    const each = seconds / runs;
    const underWay = this.slots.reduce((sum, at, n) => (at ? sum + Math.min(1, this.secondsAt(n) / each) : sum), 0);
    return (Math.max(0, left - underWay) * each) / Math.min(left, this.slots.length);
  }
}
