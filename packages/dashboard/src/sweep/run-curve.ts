import { join } from 'node:path';
import type { EpochRecord } from '@sparring/coordinator';
import { type RunConfig, readMetrics } from '@sparring/runtime';

/** What a run's `metrics.jsonl` says epoch by epoch, as fractions of the validation examples; null where an epoch was not measured. */
export interface RunCurve {
  readonly epochs: readonly number[];
  readonly clean: readonly (number | null)[];
  readonly fgsm: readonly (number | null)[];
  /** Times that a probe found robustness collapsed. */
  readonly collapses: number;
}

/** Of a folder that somebody may write to at this moment, or that is not there. */
export async function readCurve(folder: string, config: Pick<RunConfig, 'retrain'>): Promise<RunCurve> {
  // Of two trainings the first: the second has no validation examples.
  const lines = await readMetrics(config.retrain ? join(folder, 'selection') : folder).catch(() => []);
  const records = lines.filter(({ kind }) => kind === undefined) as unknown as EpochRecord[];
  return {
    epochs: records.map(({ epoch }) => epoch),
    clean: records.map(({ validation }) => validation?.clean?.error ?? null),
    fgsm: records.map(({ validation }) => validation?.fgsm?.error ?? null),
    collapses: lines.filter(({ kind, collapsed }) => kind === 'probe' && collapsed).length,
  };
}
