import { z } from 'zod';
import type { AttackConfig } from './run-config.js';
import { atLeast, flag, oneOf, section, wholeAtLeast } from './values.js';

const label = 'true (the true label, as in the paper) or predicted';
const bounds = "the data's bounds [least, most], such as [0, 1]";
const bound = z.number({ error: 'a number' });

export const attackSchema = section('an attack {kind: fgsm | pgd, epsilon, …}', {
  kind: oneOf('fgsm', 'pgd').optional(),
  norm: oneOf('linf', 'l2').optional(),
  epsilon: atLeast(0).describe('Radius in input units, 8/255 and never 8; default .25 (linf), 2 (l2)').optional(),
  stepSize: atLeast(0).describe("PGD's step; default 2.5 · epsilon / iterations; FGSM's is epsilon").optional(),
  iterations: wholeAtLeast(1).describe('Default 5 for pgd; fgsm is 1').optional(),
  randomStart: flag().describe('Start at random in the epsilon ball; default true for pgd').optional(),
  clip: flag().describe('Clip adversarial inputs to the bounds; default true').optional(),
  bounds: z.tuple([bound, bound], { error: bounds }).optional(),
  // YAML reads `label: true` as a boolean; the word is meant.
  label: z.union([z.literal(true), oneOf('true', 'predicted')], { error: label }).optional(),
  placement: oneOf('auto', 'split', 'fused').describe('Where attacks run; no bit depends on it').optional(),
  sameMasks: flag().describe("The adversarial pass shares the clean pass's dropout masks; default false").optional(),
});

export function fillAttack(written: z.infer<typeof attackSchema> = {}): AttackConfig {
  const kind = written.kind ?? 'fgsm';
  const norm = written.norm ?? 'linf';
  const epsilon = written.epsilon ?? (norm === 'linf' ? 0.25 : 2);
  const iterations = written.iterations ?? (kind === 'fgsm' ? 1 : 5);
  return {
    kind,
    norm,
    epsilon,
    stepSize: written.stepSize ?? (kind === 'fgsm' ? epsilon : pgdStepSize(epsilon, iterations)),
    iterations,
    randomStart: written.randomStart ?? kind === 'pgd',
    clip: written.clip ?? true,
    bounds: written.bounds ?? [0, 1],
    label: written.label === 'predicted' ? 'predicted' : 'true',
    placement: written.placement ?? 'auto',
    sameMasks: written.sameMasks ?? false,
  };
}

/** PGD's step by default: far enough to cross the ball and come back to what is best in it (Madry et al., arXiv 1706.06083, appendix). */
export function pgdStepSize(epsilon: number, iterations: number): number {
  return (2.5 * epsilon) / iterations;
}
