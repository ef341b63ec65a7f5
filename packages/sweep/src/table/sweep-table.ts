import type { PublishedFigures } from '@sparring/runtime';
import type { RunResult } from '../record/ledger-event.js';
import type { SweepRecord } from '../record/sweep-record.js';
import type { RunState } from '../schedule/run-states.js';
import { type Comparison, compare } from '../statistics/compare.js';
import { type Description, describe } from '../statistics/describe.js';

/** What is tabulated of a run. */
export const figures = ['clean', 'fgsm', 'pgd', 'seconds'] as const;
export type Figure = (typeof figures)[number];

/** A configuration's runs taken together. */
export interface TableRow {
  readonly label: string;
  readonly planned: number;
  /** Runs that the figures are of. */
  readonly done: number;
  /** Given up by the median rule, and left out: what is left looks better than the configuration is. */
  readonly pruned: number;
  readonly failed: number;
  readonly figures: Readonly<Record<Figure, Description | null>>;
  /** The seed with the lowest error by `bestBy`; of equal ones the first. */
  readonly bestSeed: number | null;
  /** Under FGSM, or of clean examples where it is trained without an adversary. */
  readonly bestBy: 'fgsm' | 'clean';
  /** null for the baseline itself, and where there is none. */
  readonly against: Readonly<Record<Figure, Comparison | null>> | null;
}

/** A sweep's results, configuration by configuration. Errors are fractions. */
export interface SweepTable {
  readonly sweep: string;
  readonly baseline: string | null;
  readonly published: PublishedFigures | null;
  /** How all configurations are measured; null where they differ in it. */
  readonly evaluation: {
    readonly epsilon: number | null;
    readonly clip: boolean | null;
    readonly pgdIterations: number | null;
  };
  readonly rows: readonly TableRow[];
}

export function tabulate(record: SweepRecord, states: Iterable<RunState>): SweepTable {
  const { id, baseline, configurations, published, seeds } = record;
  const perConfiguration: RunState[][] = configurations.map(() => []);
  for (const state of states) perConfiguration[state.run.configuration]!.push(state);
  const bySeed = perConfiguration.map((runs) =>
    Object.fromEntries(figures.map((figure) => [figure, figureBySeed(runs, figure)])),
  ) as Record<Figure, Map<number, number>>[];
  const base = bySeed[configurations.findIndex(({ label }) => label === baseline)];
  const evaluations = configurations.map(({ config }) => config.evaluation);
  const rows = configurations.map(({ label, config }, c): TableRow => {
    const own = bySeed[c]!;
    const bestBy = config.alpha < 1 ? 'fgsm' : 'clean';
    const count = (status: RunState['status']) => perConfiguration[c]!.filter((run) => run.status === status).length;
    const each = <Value>(make: (figure: Figure) => Value) =>
      Object.fromEntries(figures.map((figure) => [figure, make(figure)])) as Record<Figure, Value>;
    return {
      label,
      planned: seeds.length,
      done: count('done'),
      pruned: count('pruned'),
      failed: count('failed'),
      figures: each((figure) => describe([...own[figure].values()])),
      bestSeed: lowest(own[bestBy]),
      bestBy,
      against: base && base !== own ? each((figure) => compare(own[figure], base[figure])) : null,
    };
  });
  return {
    sweep: id,
    baseline,
    published,
    evaluation: {
      epsilon: common(evaluations.map(({ epsilon }) => epsilon)),
      clip: common(evaluations.map(({ clip }) => clip)),
      pgdIterations: common(evaluations.map(({ pgdIterations }) => pgdIterations)),
    },
    rows,
  };
}

/** null where they are not all the same. */
function common<Value>(values: readonly Value[]): Value | null {
  return values.every((value) => value === values[0]) ? values[0]! : null;
}

function figureBySeed(runs: readonly RunState[], figure: Figure): Map<number, number> {
  const found = new Map<number, number>();
  for (const { run, status, result } of runs) {
    const value = status === 'done' ? (result as RunResult)[figure] : null;
    if (value !== null) found.set(run.seed, value);
  }
  return found;
}

function lowest(errors: ReadonlyMap<number, number>): number | null {
  let best: [seed: number, error: number] | null = null;
  for (const [seed, error] of errors) if (best === null || error < best[1]) best = [seed, error];
  return best?.[0] ?? null;
}
