import { prunedRuns, type Verdict } from '../schedule/median-rule.js';
import type { RunState } from '../schedule/run-states.js';
import type { KnownSweep, KnownSweeps } from './known-sweeps.js';

/** Whom the median rule gives up that was not given up before, of what the trainers have told of their runs' errors. */
export function lateVerdicts(sweep: KnownSweep, known: KnownSweeps): [RunState, Verdict][] {
  const rule = sweep.record.prune!;
  const states = known.states(sweep);
  const curves = states.map(({ run, status }) => {
    const errors = new Map<number, number>();
    let reached = 0;
    for (const [epoch, clean, fgsm] of known.curve(run.identity)?.epochs ?? []) {
      reached = Math.max(reached, epoch);
      const error = rule.on === 'cleanError' ? clean : fgsm;
      if (error !== null && rule.epochs.includes(epoch)) errors.set(epoch, error);
    }
    const hasEnded = status === 'done' || status === 'failed' || status === 'pruned';
    return { errors, knownUpTo: hasEnded ? Number.POSITIVE_INFINITY : reached };
  });
  const verdicts = [...prunedRuns(curves, rule)].map(([n, verdict]): [RunState, Verdict] => [states[n]!, verdict]);
  return verdicts.filter(([{ status }]) => status !== 'pruned');
}
