import { join } from 'node:path';
import type { RunState, SweepRecord } from '@sparring/sweep';
import { type RunCurve, readCurve } from './run-curve.js';

/** Files that are read at once. */
const readersAtOnce = 32;

interface Kept {
  readonly curve: RunCurve;
  /** What it was read of: a run that goes on is read anew. */
  readonly status: RunState['status'];
}

/** The curves of a sweep's runs, read from their folders when somebody asks: of a run that has ended once, else each time. */
export class CurveShelf {
  readonly #out: string;
  readonly #configurations: SweepRecord['configurations'];
  readonly #kept = new Map<string, Kept>();

  constructor(out: string, { configurations }: Pick<SweepRecord, 'configurations'>) {
    this.#out = out;
    this.#configurations = configurations;
  }

  /** In the order of the states; null of runs that were not begun. */
  async of(states: readonly RunState[]): Promise<(RunCurve | null)[]> {
    const found = new Array<RunCurve | null>(states.length).fill(null);
    let next = 0;
    const reader = async () => {
      while (next < states.length) {
        const at = next++;
        found[at] = await this.#one(states[at]!);
      }
    };
    await Promise.all(Array.from({ length: Math.min(readersAtOnce, states.length) }, reader));
    return found;
  }

  async #one({ run, status, folder }: RunState): Promise<RunCurve | null> {
    if (status === 'waiting') return null;
    const kept = this.#kept.get(run.identity);
    if (kept && kept.status === status && status !== 'claimed') return kept.curve;
    const curve = await readCurve(join(this.#out, folder), this.#configurations[run.configuration]!.config);
    this.#kept.set(run.identity, { curve, status });
    return curve;
  }
}
