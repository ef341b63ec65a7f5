import { type Estimate, estimate, median } from './estimate.js';
import type { Spent } from './spent.js';
import type { Pair, Turn } from './turns.js';

type OfBoth = readonly [plain: number, watched: number];

/** What pairs of turns say: of training that is watched, measured by training that is not. Every two processes have one say. */
export interface Findings {
  readonly numProcesses: number;
  readonly numPairs: number;
  /** How many times as fast. */
  readonly speed: Estimate;
  /** How many times as much processor time an example takes: of the process that trains. */
  readonly cpu: Estimate;
  /** The same, with what those who look take, who may as well be on another machine. */
  readonly cpuOfAll: Estimate;
  /** Of the median turn; processor time in microseconds an example. */
  readonly examplesPerSecond: OfBoth;
  readonly cpuMicros: OfBoth;
  /** Cores that the processes kept busy in their turns, and while the other had its turn. */
  readonly busyCores: OfBoth;
  readonly restingCores: OfBoth;
}

/** @param rounds The pairs of each two processes. */
export function findingsOf(rounds: readonly (readonly Pair[])[]): Findings {
  const pairs = rounds.flat();
  const both = (figure: (turns: readonly Turn[]) => number): OfBoth => [
    figure(pairs.map(([plain]) => plain)),
    figure(pairs.map(([, watched]) => watched)),
  ];
  const medians = (figure: (turn: Turn) => number) => both((turns) => median(turns.map(figure)));
  const ratio = (figure: (turn: Turn) => number) =>
    estimate(rounds.map((round) => median(round.map(([plain, watched]) => figure(watched) / figure(plain)))));
  const rateOf = ({ examples, ms }: Turn) => (1_000 * examples) / ms;
  const cpuOf = ({ examples, cpuMs }: Turn) => (1_000 * cpuMs) / examples;
  // They looked a little longer than the turn was counted.
  const cpuOfAll = (turn: Turn) => cpuOf(turn) + (1_000 * coresOf([turn.onlookers]) * turn.ms) / turn.examples;
  return {
    numProcesses: rounds.length,
    numPairs: pairs.length,
    speed: ratio(rateOf),
    cpu: ratio(cpuOf),
    cpuOfAll: ratio(cpuOfAll),
    examplesPerSecond: medians(rateOf),
    cpuMicros: medians(cpuOf),
    busyCores: both(coresOf),
    restingCores: both((turns) => coresOf(turns.map(({ rest }) => rest))),
  };
}

function coresOf(spent: readonly Spent[]): number {
  const ms = spent.reduce((sum, each) => sum + each.ms, 0);
  return ms === 0 ? 0 : spent.reduce((sum, each) => sum + each.cpuMs, 0) / ms;
}
