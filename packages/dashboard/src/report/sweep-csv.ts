import type { RunCurve } from '../sweep/run-curve.js';
import type { SweepRunRow } from '../view/sweep-view.js';
import { csvText } from './csv.js';

const columns = [
  ...['sweep', 'configuration', 'seed', 'status', 'kind', 'epoch'],
  ...['clean_error', 'fgsm_error', 'pgd_error', 'training_seconds', 'collapses', 'parameters_digest', 'folder', 'note'],
] as const;

/** The numbers of a sweep as CSV (RFC 4180): a line for each run, and one for each of its epochs; errors as fractions. */
export function sweepCsv(
  sweep: string,
  runs: readonly { readonly row: SweepRunRow; readonly curve: RunCurve | null }[],
): string {
  const lines = runs.flatMap(({ row, curve }) => {
    const { label, seed, status, note, collapses, digest, folder } = row;
    const of = { sweep, configuration: label, seed, status };
    const epochs = (curve?.epochs ?? []).map((epoch, i) => ({
      ...{ ...of, kind: 'epoch', epoch, clean_error: curve!.clean[i]!, fgsm_error: curve!.fgsm[i]! },
    }));
    const run = {
      ...{ ...of, kind: 'run', clean_error: row.clean, fgsm_error: row.fgsm, pgd_error: row.pgd },
      ...{ training_seconds: row.seconds, collapses, parameters_digest: digest, folder, note },
    };
    return [...epochs, run];
  });
  return csvText(columns, lines);
}
