import type { EpochRecord } from '@sparring/coordinator';
import { shortDigest } from '@sparring/runtime';
import { clock, percent, rate } from './figures.js';
import type { Colors } from './screen.js';

/** An epoch in one line of at most 100 columns: what was learnt, how fast, and the digest of the parameters. */
export function epochLine(record: EpochRecord, epochs: number, colors: Colors): string {
  const { epoch, loss, trainingSeconds, examplesPerSecond, parametersDigest } = record;
  const width = String(epochs).length;
  return [
    `  epoch ${String(epoch).padStart(width)}/${epochs}`,
    `loss ${loss.toFixed(3)}`,
    ...validationErrors(record),
    rate(examplesPerSecond).padStart(17),
    clock(trainingSeconds).padStart(5),
    colors.dim(shortDigest(parametersDigest)),
  ].join('  ');
}

/** 'clean   2.1 %', 'FGSM   5.8 %', as far as they were measured. */
export function validationErrors({ validation }: Pick<EpochRecord, 'validation'>): string[] {
  if (!validation) return [];
  const { clean, fgsm, pgd } = validation;
  const named = [
    ['clean', clean],
    ['FGSM', fgsm],
    ['PGD', pgd],
  ] as const;
  return named.flatMap(([name, measured]) => (measured ? [`${name} ${percent(measured.error, 1).padStart(7)}`] : []));
}
