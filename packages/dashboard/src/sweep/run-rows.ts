import type { RunState, SweepRecord } from '@sparring/sweep';
import { percent } from '../view/figures.js';
import type { RunFilter, SweepRunRow } from '../view/sweep-view.js';

/** @param isRunning whether somebody computes it at this moment */
export function statusOf(state: RunState, isRunning: (state: RunState) => boolean): SweepRunRow['status'] {
  if (state.status !== 'claimed' && state.status !== 'waiting') return state.status;
  return isRunning(state) ? 'running' : 'waiting';
}

/** Those that pass a filter, in the sweep's order. */
export function filtered(
  states: readonly RunState[],
  filter: RunFilter,
  isRunning: (state: RunState) => boolean,
): readonly RunState[] {
  return filter === 'all' ? states : states.filter((state) => statusOf(state, isRunning) === filter);
}

export function runRow(
  state: RunState,
  { configurations }: Pick<SweepRecord, 'configurations'>,
  status: SweepRunRow['status'],
  collapses: number,
): SweepRunRow {
  const { run, result, folder } = state;
  return {
    ...{ label: configurations[run.configuration]!.label, seed: run.seed, status, note: noteOf(state) },
    ...{ clean: result?.clean ?? null, fgsm: result?.fgsm ?? null, pgd: result?.pgd ?? null },
    ...{ seconds: result?.seconds ?? null, collapses, digest: result?.parametersDigest ?? '' },
    // Nobody has claimed it: there is no folder.
    folder: state.status === 'waiting' ? null : folder,
  };
}

function noteOf({ status, error, attempts, pruned }: RunState): string {
  if (pruned) {
    return `given up at epoch ${pruned.epoch}: ${percent(pruned.error)}, the median before it ${percent(pruned.median)}`;
  }
  if (error === null) return '';
  return status === 'failed' ? error : `attempt ${attempts} threw: ${error}`;
}
