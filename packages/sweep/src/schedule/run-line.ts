import type { RunState } from './run-states.js';

/** The runs that are still to be computed, in their order; one that is to be tried again goes to the end. */
export class RunLine {
  readonly #waiting: RunState[];
  #next = 0;
  /** Of them another process is at work on some. */
  #elsewhere: RunState[] = [];
  #out = 0;

  constructor(states: Iterable<RunState>) {
    this.#waiting = [...states]
      .filter(({ status }) => status === 'waiting' || status === 'claimed')
      .sort((a, b) => a.run.number - b.run.number);
  }

  /** The next run, which is then out; 'later' while only runs are left that others are at; null when nothing is. */
  take(): RunState | 'later' | null {
    while (this.#next < this.#waiting.length) {
      const state = this.#waiting[this.#next++]!;
      if (state.status !== 'waiting' && state.status !== 'claimed') continue;
      this.#out++;
      return state;
    }
    // One that is out may yet come back, to be tried again.
    return this.#elsewhere.length > 0 || this.#out > 0 ? 'later' : null;
  }

  /** A run that was out has ended. */
  settle(): void {
    this.#out--;
  }

  /** It threw, and is to be tried again. */
  again(state: RunState): void {
    this.#out--;
    this.#waiting.push(state);
  }

  /** One that had ended is to be tried again after all. */
  add(state: RunState): void {
    this.#waiting.push(state);
  }

  /** Another process holds it. */
  elsewhere(state: RunState): void {
    this.#out--;
    this.#elsewhere.push(state);
  }

  /** Those that others held are to be asked for again. */
  recheck(): void {
    this.#waiting.push(...this.#elsewhere);
    this.#elsewhere = [];
  }

  /** Runs that are not settled, those that are out included. */
  get left(): number {
    return this.#waiting.length - this.#next + this.#elsewhere.length + this.#out;
  }
}
