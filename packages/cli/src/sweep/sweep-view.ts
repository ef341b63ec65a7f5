import type { RunState, SweepRecord } from '@sparring/sweep';

/** A sweep as it is shown, wherever it is computed. */
export interface SweepView {
  readonly record: SweepRecord;
  /** By identity, in the sweep's order. */
  readonly states: ReadonlyMap<string, RunState>;
  /** The options by which a command finds it: ' --out FOLDER', or those that name its cluster. */
  readonly where: string;
  /** How many runs have one of these statuses. */
  count(...statuses: readonly RunState['status'][]): number;
}

export function countOf(states: ReadonlyMap<string, RunState>, statuses: readonly RunState['status'][]): number {
  let count = 0;
  for (const { status } of states.values()) if (statuses.includes(status)) count++;
  return count;
}
