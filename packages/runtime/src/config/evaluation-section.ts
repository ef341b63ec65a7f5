import type { z } from 'zod';
import { pgdStepSize } from './attack-section.js';
import type { AttackConfig, EvaluationConfig } from './run-config.js';
import { atLeast, flag, section, wholeAtLeast } from './values.js';

export const evaluationSchema = section('what is measured {epsilon, clip, pgdIterations, …}', {
  epsilon: atLeast(0).describe("Default: the training attack's").optional(),
  clip: flag().describe("Default: the training attack's").optional(),
  pgdIterations: wholeAtLeast(1).describe('Default 20').optional(),
  pgdStepSize: atLeast(0).describe('Default 2.5 · epsilon / pgdIterations').optional(),
  pgdRandomStart: flag().describe('Default false').optional(),
  validationExamples: wholeAtLeast(1)
    .nullable()
    .describe('Validation examples used each time; null: all; default 2000, and all where training stops early')
    .optional(),
  everyEpochs: wholeAtLeast(1).describe('Default 1').optional(),
});

export function fillEvaluation(
  written: z.infer<typeof evaluationSchema> = {},
  attack: AttackConfig,
  stopsEarly: boolean,
): EvaluationConfig {
  const epsilon = written.epsilon ?? attack.epsilon;
  const pgdIterations = written.pgdIterations ?? 20;
  return {
    epsilon,
    clip: written.clip ?? attack.clip,
    pgdIterations,
    pgdStepSize: written.pgdStepSize ?? pgdStepSize(epsilon, pgdIterations),
    pgdRandomStart: written.pgdRandomStart ?? false,
    // Progress can be read off 2,000 examples at a few per cent of an epoch's cost; a decision to stop wants them all.
    validationExamples:
      written.validationExamples !== undefined ? written.validationExamples : stopsEarly ? null : 2000,
    everyEpochs: written.everyEpochs ?? 1,
  };
}
