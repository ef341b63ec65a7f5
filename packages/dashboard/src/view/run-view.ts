/** A run as page and report show it: plain JSON. Errors are fractions, times in seconds unless they end in `Ms`. */
export interface RunView {
  readonly id: string;
  readonly name: string;
  readonly seed: number;
  readonly engine: string;
  readonly status: RunStatus;
  /** Why it failed, or how to go on; '' where there is nothing to say. */
  readonly note: string;
  /** What to type to see it again when the process that shows it has ended; '' where there is nothing. */
  readonly reopen: string;
  /** Whether more is to come over this connection. */
  readonly isLive: boolean;
  /** 'FGSM, ε = 0.25, against a maxout net of 240 – 240 units' and the like. */
  readonly subject: string;
  readonly evaluation: EvaluationView;
  /** In the order in which they are trained: the twin, where there is one, before the net. */
  readonly nets: readonly NetView[];
  readonly lanes: readonly Lane[];
  readonly log: readonly LogLine[];
  /** What the run came to, on the test split; null before. */
  readonly results: readonly ResultRow[] | null;
  /** Facts of the machine and of the data that equal bits depend on; empty before the end. */
  readonly facts: Readonly<Record<string, string>>;
  /** Its `config.yaml`. */
  readonly config: string;
}

export type RunStatus =
  | 'queued'
  | 'running'
  | 'finished'
  | 'stopped-early'
  | 'collapsed'
  | 'interrupted'
  | 'failed'
  | 'cancelled';

export interface EvaluationView {
  readonly epsilon: number;
  readonly clip: boolean;
  readonly bounds: readonly [number, number];
  readonly pgdIterations: number;
  /** Of the test split; 0 where that is not known yet. */
  readonly examples: number;
}

/** `selection` is the first training of a run that trains anew. */
export type NetKey = 'net' | 'twin' | 'selection';
export type AttackKey = 'clean' | 'fgsm' | 'pgd';

export interface NetView {
  readonly key: NetKey;
  /** 'the net', 'its twin' */
  readonly title: string;
  readonly stage: 'waiting' | 'training' | 'measuring' | 'done';
  readonly epochs: number;
  /** 0 where it is not known yet. */
  readonly lastStep: number;
  readonly now: Point | null;
  /** Of the current process; a run's folder keeps none. */
  readonly points: readonly Point[];
  readonly records: readonly EpochView[];
  readonly probes: readonly ProbeView[];
  /** The step whose pictures can be asked for; null for none. */
  readonly picturesStep: number | null;
}

/** Progress within an epoch. */
export interface Point {
  readonly step: number;
  /** Mean of the epoch so far. */
  readonly loss: number;
  readonly examplesPerSecond: number;
}

export interface Measured {
  readonly error: number;
  /** Mean confidence on the mistakes; null where there are none. */
  readonly confidence: number | null;
}

export interface EpochView {
  readonly epoch: number;
  readonly step: number;
  readonly loss: number;
  readonly validation: Partial<Record<AttackKey, Measured>> | null;
  readonly learningRate: number;
  readonly momentum: number;
  readonly trainingSeconds: number;
  readonly examplesPerSecond: number;
  readonly parametersDigest: string;
  readonly optimizerDigest: string;
}

/** Robustness measured between the epochs. */
export interface ProbeView {
  readonly step: number;
  /** By attack: clean, fgsm, pgd. */
  readonly errors: Readonly<Record<string, number>>;
  readonly gradientCosine: number;
  readonly collapsed: boolean;
  readonly action: 'none' | 'warn' | 'stop' | 'rollback';
}

/** What a worker may be seen to do; `idle`: it holds no task. */
export const activities = [
  'idle',
  'advance',
  'whole pass',
  'both pass',
  'clean pass',
  'adversarial pass',
  'attack',
  'probe',
] as const;
export type Activity = (typeof activities)[number];

/** One worker, looked at five times a second while somebody watches. */
export interface Lane {
  readonly workerId: string;
  readonly role: 'trainer' | 'attacker';
  /** 'pid 123 on host'; '' within one process. */
  readonly place: string;
  /** 'step 120, shard 2'; '' when idle. */
  readonly doing: string;
  /** Indices into `activities`, the newest last, one for each look. */
  readonly lately: readonly number[];
  readonly isPresent: boolean;
}

export interface LogLine {
  readonly atMs: number;
  readonly level: 'info' | 'warning';
  readonly text: string;
}

export interface ResultRow {
  readonly name: string;
  readonly test: Partial<Record<AttackKey, Measured>>;
}

/** Runs that a list has: the newest. */
export const mostListed = 500;

/** A run in a list of them. */
export interface RunRow {
  readonly id: string;
  readonly name: string;
  readonly seed: number;
  readonly status: RunStatus;
  /** When it began, in ms since 1970; null where nobody knows. */
  readonly startedAtMs: number | null;
  /** '3 of 10 epochs' */
  readonly progress: string;
  /** On the test split where it is finished, else the last on the validation split. */
  readonly errors: Partial<Record<AttackKey, number>>;
  readonly isTested: boolean;
  readonly examplesPerSecond: number | null;
  readonly digest: string;
}

/** A run or a sweep in a list, of which nothing can be read. */
export interface UnreadableRow {
  readonly id: string;
  /** What is wrong with it, in one line. */
  readonly fault: string;
}

export function isUnreadable(row: object): row is UnreadableRow {
  return 'fault' in row;
}

/** What has changed since the last message. Lists of nets, and of what lanes did lately, hold what is to be added; all else is whole. */
export type RunUpdate = Omit<RunView, 'config'>;

/** Looks that are kept of a lane: a minute of them. */
export const keptLooks = 300;
