import type { RunResult } from '@sparring/sweep';
import type { RunSummary } from '../train/summary.js';

/** What the ledger and the table keep of a run's summary. Of a run that trained twice, both trainings count as time. */
export function resultOf({ test, selection, ...summary }: RunSummary): RunResult {
  return {
    clean: test.clean.error,
    fgsm: test.fgsm.error,
    pgd: test.pgd.error,
    seconds: summary.trainingSeconds + (selection?.trainingSeconds ?? 0),
    steps: summary.steps,
    parametersDigest: summary.parametersDigest,
    optimizerDigest: summary.optimizerDigest,
  };
}
