import type { EpochRecord } from '@sparring/coordinator';
import { shortDigest } from '@sparring/runtime';
import { duration, percent, rate } from './figures.js';
import type { Colors } from './screen.js';

/** An epoch in one line of at most 100 columns: what was learnt, how fast, and the digest of the parameters. */
export function epochLine(record: EpochRecord, epochs: number, colors: Colors): string {
  const { epoch, loss, trainingSeconds, examplesPerSecond, parametersDigest } = record;
  const width = String(epochs).length;
  return [
    `  epoch ${String(epoch).padStart(width)}/${epochs}`,
    `loss ${loss.toFixed(4)}`,
    ...validationErrors(record),
    rate(examplesPerSecond).padStart(17),
    duration(trainingSeconds).padStart(6),
    colors.dim(shortDigest(parametersDigest)),
  ].join('  ');
}

/** 'clean  2.10 %', 'FGSM  5.80 %', as far as they were measured. */
export function validationErrors({ validation }: Pick<EpochRecord, 'validation'>): string[] {
  if (!validation) return [];
  const { clean, fgsm, pgd } = validation;
  const named = [
    ['clean', clean],
    ['FGSM', fgsm],
    ['PGD', pgd],
  ] as const;
  return named.flatMap(([name, measured]) => (measured ? [`${name} ${percent(measured.error).padStart(7)}`] : []));
}
