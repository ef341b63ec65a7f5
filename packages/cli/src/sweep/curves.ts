import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EpochRecord } from '@sparring/coordinator';
import { type RunConfig, readMetrics } from '@sparring/runtime';
import { type MedianRule, prunedRuns, type RunState, type SweepRecord, type Verdict } from '@sparring/sweep';

interface Growing {
  readonly errors: Map<number, number>;
  reached: number;
}

/** The validation errors of a sweep's runs at the epochs that its median rule looks at. */
export class Curves {
  readonly #rule: MedianRule;
  readonly #verdicts = new Map<number, Verdict>();
  readonly #byNumber = new Map<number, Growing>();

  constructor(rule: MedianRule) {
    this.#rule = rule;
  }

  /** Those of all runs that have been begun. */
  static async read(out: string, { prune, configurations }: SweepRecord, states: Iterable<RunState>): Promise<Curves> {
    const curves = new Curves(prune!);
    for (const { run, status, folder } of states) {
      if (status === 'waiting') continue;
      const place = watchedFolder(join(out, folder), configurations[run.configuration]!.config);
      if (!existsSync(place)) continue;
      for (const record of await readMetrics(place)) {
        if (record.kind === undefined) curves.add(run.number, record as unknown as EpochRecord);
      }
    }
    return curves;
  }

  /** Returns whether that may have told who is given up. */
  add(number: number, { epoch, validation }: Pick<EpochRecord, 'epoch' | 'validation'>): boolean {
    const own = this.#byNumber.get(number) ?? { errors: new Map(), reached: 0 };
    this.#byNumber.set(number, own);
    const before = own.reached;
    own.reached = Math.max(before, epoch);
    const measured = validation?.[this.#rule.on === 'cleanError' ? 'clean' : 'fgsm'];
    if (measured && this.#rule.epochs.includes(epoch)) own.errors.set(epoch, measured.error);
    return this.#rule.epochs.some((looked) => looked > before && looked <= epoch);
  }

  /** Why a run was given up; undefined where it was not. */
  verdictOn(number: number): Verdict | undefined {
    return this.#verdicts.get(number);
  }

  /** Who is given up that was not before, of all states in their order. */
  newVerdicts(states: readonly RunState[]): [RunState, Verdict][] {
    const curves = Array.from(states, ({ run, status }) => {
      const { errors, reached } = this.#byNumber.get(run.number) ?? { errors: new Map<number, number>(), reached: 0 };
      const ended = status === 'done' || status === 'failed' || status === 'pruned';
      return { errors, knownUpTo: ended ? Number.POSITIVE_INFINITY : reached };
    });
    const found: [RunState, Verdict][] = [];
    for (const [number, verdict] of prunedRuns(curves, this.#rule)) {
      const state = states[number]!;
      if (state.status === 'pruned' || this.#verdicts.has(number)) continue;
      this.#verdicts.set(number, verdict);
      found.push([state, verdict]);
    }
    return found;
  }
}

/** Where the training is measured that the rule looks at: of two the first, since the second has nothing to measure on. */
export function watchedFolder(folder: string, { retrain }: RunConfig): string {
  return retrain ? join(folder, 'selection') : folder;
}
