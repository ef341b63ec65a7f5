import type { SweepRun } from '../expansion/expand.js';
import type { RunResult } from '../record/ledger-event.js';
import type { RunState } from '../schedule/run-states.js';

/** What a cluster's store keeps of a run, from the moment it is claimed. It is replaced only at the revision that was seen. */
export interface RunEntry {
  /** Who is at it; null: nobody. */
  readonly claim: Claim | null;
  /** As `RunState` has them: they count for every sweep that has the run. */
  readonly deaths: number;
  readonly claimedAtStep: number | null;
  /** Steps that its checkpoint holds, its twin's and its first training's included. */
  readonly step: number;
  /** What its folder holds as of that checkpoint: each file's object, by its path. */
  readonly files: Readonly<Record<string, string>>;
  /** Attempts and verdicts are one sweep's own. */
  readonly sweeps: Readonly<Record<string, Standing>>;
}

export interface Claim {
  /** Of one claim: who claims the run again later has another. */
  readonly owner: string;
  /** For people: '4711 on this-host'. */
  readonly process: string;
  /** By whose message it was pulled. */
  readonly sweep: string;
  /** ISO 8601 */
  readonly at: string;
  /** The broker's own name for this life of it. */
  readonly broker: string;
  /** How often the sweep had been stopped before; absent: never. */
  readonly stops?: number;
}

export interface Standing {
  readonly attempts: number;
  readonly error: string | null;
  readonly failed: boolean;
  readonly pruned: RunState['pruned'];
}

/** What the store keeps of a run that is done. It is made once. */
export interface ResultEntry {
  readonly result: RunResult;
  /** ISO 8601 */
  readonly at: string;
  readonly process: string;
}

/** Errors of a run at epochs, as its trainer has told them. */
export interface CurveEntry {
  /** Epoch, then the validation error of clean examples and under FGSM; null where it was not measured. */
  readonly epochs: readonly (readonly [epoch: number, clean: number | null, fgsm: number | null])[];
}

export const freshEntry: RunEntry = { claim: null, deaths: 0, claimedAtStep: null, step: 0, files: {}, sweeps: {} };

/** A run of a sweep as the store's entries tell it. */
export function stateOf(
  run: SweepRun,
  sweep: string,
  entry: RunEntry | undefined,
  done: Pick<ResultEntry, 'result'> | undefined,
): RunState {
  const { claim, deaths, claimedAtStep, sweeps } = entry ?? freshEntry;
  const { attempts, error, failed, pruned } = sweeps[sweep] ?? freshStanding;
  const begun = entry ? 'claimed' : 'waiting';
  const result = done?.result ?? null;
  return {
    ...{ run, folder: run.folder, result, attempts, deaths, claimedAtStep, pruned },
    error: result ? null : error,
    status: pruned ? 'pruned' : result ? 'done' : failed ? 'failed' : begun,
    open: claim !== null && !result,
  };
}

/** The entry that says of a run what its state says. */
export function withState(entry: RunEntry, sweep: string, state: RunState): RunEntry {
  const { attempts, error, pruned, deaths, claimedAtStep, status } = state;
  const standing: Standing = { attempts, error, failed: status === 'failed', pruned };
  return { ...entry, deaths, claimedAtStep, sweeps: { ...entry.sweeps, [sweep]: standing } };
}

/** Of a run that a sweep has given up: whoever wants it all the same begins it anew, to the same bits. */
export function withoutCheckpoint(entry: RunEntry): RunEntry {
  return { ...entry, step: 0, files: {} };
}

const freshStanding: Standing = { attempts: 0, error: null, failed: false, pruned: null };
