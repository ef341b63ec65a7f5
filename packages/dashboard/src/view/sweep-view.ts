import type { BlockWords, StateCounts, TableWords } from '@sparring/sweep';

/** A sweep as page and report show it: plain JSON, of a size that does not grow with its runs. */
export interface SweepView extends SweepHead {
  readonly table: SweepTableView;
}

/** What changes from one moment to the next, and what is always shown above all else. */
export interface SweepHead {
  readonly id: string;
  readonly name: string;
  /** Recipe or file, as it was given. */
  readonly source: string;
  readonly engine: string;
  /** 'maxout net of 240 × 5 · against FGSM, ε = 0.25 · MNIST', of its first configuration. */
  readonly subject: string;
  readonly status: SweepStatus;
  /** Why it failed, or how to go on; '' where there is nothing to say. */
  readonly note: string;
  /** What to type to see it again when the process that shows it has ended. */
  readonly reopen: string;
  /** Whether more is to come over this connection. */
  readonly isLive: boolean;
  /** '0..99' */
  readonly seeds: string;
  /** Their labels, the first `mostConfigurations` of them. */
  readonly configurations: readonly string[];
  readonly numConfigurations: number;
  readonly numRuns: number;
  readonly counts: StateCounts;
  /** null: nobody can tell. */
  readonly etaSeconds: number | null;
  /** Those of the process that computes it; none where another process does. */
  readonly slots: readonly SlotView[];
  readonly numSlots: number;
  /** What its runs' bits follow from. */
  readonly facts: Readonly<Record<string, string>>;
  /** `config.yaml` of its first configuration. */
  readonly config: string;
}

/** `ended`: nothing is left to compute. `stopped`: somebody or something ended it before. */
export type SweepStatus = 'running' | 'ended' | 'stopped' | 'paused' | 'cancelled' | 'failed';

/** What a slot is at. */
export interface SlotView {
  /** 'alpha=.5 seed 3'; '' where it has nothing to do. */
  readonly run: string;
  /** Where it computes; '' in this process. */
  readonly place: string;
  /** Of the present training, as a fraction; 1 while its net is measured; null where nobody here knows. */
  readonly part: number | null;
  /** That it is in, from 1. */
  readonly epoch: number;
  readonly seconds: number;
}

/** The table as it stands, with its first `mostConfigurations` configurations. */
export interface SweepTableView extends Omit<TableWords, 'blocks'> {
  readonly blocks: readonly BlockWords[];
}

/** A sweep in a list of them. */
export interface SweepRow {
  readonly id: string;
  readonly status: SweepStatus;
  readonly createdAtMs: number;
  readonly numConfigurations: number;
  readonly seeds: string;
  readonly numRuns: number;
  readonly counts: StateCounts;
}

export const runFilters = ['all', 'running', 'done', 'failed', 'pruned', 'waiting'] as const;
export type RunFilter = (typeof runFilters)[number];

/** A run of a sweep. Errors are fractions of the test examples; null where they were not measured. */
export interface SweepRunRow {
  readonly label: string;
  readonly seed: number;
  readonly status: Exclude<RunFilter, 'all'>;
  /** Its error, or why it was given up. */
  readonly note: string;
  readonly clean: number | null;
  readonly fgsm: number | null;
  readonly pgd: number | null;
  readonly seconds: number | null;
  /** Times that a probe found its robustness collapsed. */
  readonly collapses: number;
  /** Where it can be looked at; null before it was begun. */
  readonly folder: string | null;
  readonly digest: string;
}

export interface SweepRunsPage {
  /** Runs that pass the filter. */
  readonly total: number;
  readonly rows: readonly SweepRunRow[];
}

/** The validation errors of a configuration's runs, epoch by epoch, as fractions: of those that are done or under way. */
export interface ConfigurationCurves {
  readonly label: string;
  /** Runs that they are of. */
  readonly numRuns: number;
  readonly clean: Spread | null;
  readonly fgsm: Spread | null;
  /** Of the first `mostSeedsDrawn` of them. */
  readonly seeds: readonly SeedCurve[];
}

/** What the seeds come to at each epoch. Not all runs come as far: `n` says how many did. */
export interface Spread {
  readonly epochs: readonly number[];
  readonly n: readonly number[];
  readonly min: readonly number[];
  readonly lowerQuartile: readonly number[];
  readonly median: readonly number[];
  readonly upperQuartile: readonly number[];
  readonly max: readonly number[];
}

export interface SeedCurve {
  readonly seed: number;
  readonly epochs: readonly number[];
  readonly clean: readonly (number | null)[];
  readonly fgsm: readonly (number | null)[];
}

/** Configurations whose table and curves a page can show; all of them are in the CSV. */
export const mostConfigurations = 100;
/** Configurations in one plot. */
export const mostTogether = 5;
export const mostSeedsDrawn = 24;
/** Runs in a page of the list. */
export const runsPerPage = 50;
/** Slots that are shown. */
export const mostSlots = 64;
