import type { SweepRun } from '../expansion/expand.js';
import type { LedgerEvent, RunResult } from '../record/ledger-event.js';
import type { SweepRecord } from '../record/sweep-record.js';

/** Where a run of a sweep stands, as the ledger tells it. */
export interface RunState {
  readonly run: SweepRun;
  /** `claimed`: begun and not ended: at work, or waiting for somebody to go on with it. */
  status: 'waiting' | 'claimed' | 'done' | 'failed' | 'pruned';
  /** Folder of the result; another than the run's own where `sparring train` made it. */
  folder: string;
  result: RunResult | null;
  /** Errors that it threw, since it was last retried. */
  attempts: number;
  /** Ends without a word in a row, none of which had come further than the one before. */
  deaths: number;
  /** Step that the last claim went on from; null where nobody has claimed it. */
  claimedAtStep: number | null;
  /** What it threw last. */
  error: string | null;
  pruned: { readonly epoch: number; readonly error: number; readonly median: number } | null;
  /** A claim that no other event has followed. */
  open: boolean;
}

/** In a row, without progress: then it is the run that kills its worker, and not the weather. */
const mostDeaths = 10;

/** The states of a sweep's runs: none yet told of. */
export function freshStates(runs: readonly SweepRun[]): Map<string, RunState> {
  return new Map(
    runs.map((run) => [
      run.identity,
      {
        ...{ run, status: 'waiting', folder: run.folder, result: null, attempts: 0, deaths: 0, claimedAtStep: null },
        ...{ error: null, pruned: null, open: false },
      } satisfies RunState,
    ]),
  );
}

/** Brings the states up to date with events, in their order. Those of runs that the sweep does not have are passed over. */
export function apply(
  states: Map<string, RunState>,
  events: readonly LedgerEvent[],
  { id, maxAttempts }: Pick<SweepRecord, 'id' | 'maxAttempts'>,
): void {
  for (const event of events) {
    const state = states.get(event.identity);
    if (state && (event.kind === 'done' || event.sweep === id)) applyOne(state, event, maxAttempts);
  }
}

/** Why a run that is to go on from `step` has failed all the same: each time it was begun its process died; null where it may go on. */
export function deadly(state: RunState, step: number): string | null {
  const deaths = deathsAt(state, step);
  if (deaths < mostDeaths) return null;
  return `kills its worker: ${deaths} times in a row the process ended without a word and without a step further`;
}

function applyOne(state: RunState, event: LedgerEvent, maxAttempts: number): void {
  switch (event.kind) {
    case 'claimed':
      if (state.status === 'done' || state.status === 'pruned') return;
      state.deaths = deathsAt(state, event.step);
      Object.assign(state, { status: 'claimed', claimedAtStep: event.step, open: true });
      return;
    case 'interrupted':
      state.open = false;
      return;
    case 'threw':
      state.open = false;
      state.attempts++;
      state.error = event.error;
      if (state.status === 'claimed' || state.status === 'waiting')
        state.status = event.final || state.attempts >= maxAttempts ? 'failed' : 'claimed';
      return;
    case 'pruned': {
      const { epoch, error, median } = event;
      state.open = false;
      // Also of one that is done: its verdict may be known later than its result.
      Object.assign(state, { status: 'pruned', pruned: { epoch, error, median } });
      return;
    }
    case 'retried':
      Object.assign(state, { attempts: 0, deaths: 0, error: null, open: false });
      if (state.status === 'failed') state.status = 'claimed';
      return;
    case 'done':
      Object.assign(state, { result: event.result, folder: event.folder, error: null, open: false });
      state.status = state.pruned ? 'pruned' : 'done';
  }
}

function deathsAt({ open, deaths, claimedAtStep }: RunState, step: number): number {
  if (step > (claimedAtStep ?? 0)) return 0;
  return open ? deaths + 1 : deaths;
}
