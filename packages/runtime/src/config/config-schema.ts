import { z } from 'zod';
import { attackSchema } from './attack-section.js';
import { dataSchema } from './data-section.js';
import { evaluationSchema } from './evaluation-section.js';
import { modelSchema } from './model-section.js';
import { optimizerSchema } from './optimizer-section.js';
import { probeSchema } from './probe-section.js';
import { engineChoices } from './run-config.js';
import { above, between, flag, oneOf, section, text, wholeAtLeast } from './values.js';

const earlyStop = section('false, or {on: cleanError | adversarialError, patience}', {
  on: oneOf('cleanError', 'adversarialError').describe('Validation error watched; default cleanError').optional(),
  patience: wholeAtLeast(1).describe('Epochs without a better error before training stops; default 10').optional(),
});

const twin = section('true, false, or {epochs}', {
  epochs: wholeAtLeast(1).describe("Default: the run's").optional(),
});

/** What may be written in a recipe. All but `model` has a default; `fillConfig` fills them. */
export const configSchema = section('a configuration: keys such as model, data, attack', {
  $schema: text('the path of a JSON schema').optional(),
  description: text('a sentence').describe('What `sparring recipes` says of it').optional(),
  estimate: text('a few words').describe('What it costs, for `sparring recipes`').optional(),
  published: section('figures of a paper {clean, fgsm, pgd, source}', {
    clean: between(0, 1).optional(),
    fgsm: between(0, 1).optional(),
    pgd: between(0, 1).optional(),
    source: text('where they are published').optional(),
  })
    .describe("Errors as fractions that a paper reports, for a sweep's table")
    .optional(),
  name: z
    .string({ error: 'letters, digits, - and _' })
    .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, { error: 'letters, digits, - and _, at most 64' })
    .describe("Begins the run's id; default: the file's name")
    .optional(),
  seed: wholeAtLeast(0, 2 ** 32 - 1)
    .describe('Default 0')
    .optional(),
  engine: oneOf(...engineChoices)
    .describe('What computes; default auto')
    .optional(),
  trainers: wholeAtLeast(1).nullable().describe('Default: planned from the cores').optional(),
  attackers: wholeAtLeast(0).nullable().describe("Default: planned from the cores and the attack's cost").optional(),
  data: dataSchema.describe('Default mnist').optional(),
  model: modelSchema,
  alpha: between(0, 1).describe('Weight of the clean loss; 1: no adversary; default .5').optional(),
  epochs: wholeAtLeast(1).describe('Default 10').optional(),
  batch: wholeAtLeast(1).describe('Examples of one step; default 100').optional(),
  shards: wholeAtLeast(1).describe('Fixed slices of a batch, dividing it; default 1').optional(),
  staleness: wholeAtLeast(0).describe('Attack step t from the parameters of step t − staleness; default 0').optional(),
  replicas: wholeAtLeast(1)
    .describe('Copies of the parameters that advance apart, each with its own batches; needs localSteps; default 1')
    .optional(),
  localSteps: wholeAtLeast(1)
    .nullable()
    .describe('Steps after which the replicas are averaged; default null')
    .optional(),
  momentumBetweenRounds: oneOf('average', 'reset')
    .describe("The replicas' momentum where they are averaged; default average")
    .optional(),
  stepsPerCall: wholeAtLeast(1).describe('Steps in one call of the engine; no bit depends on it; default 8').optional(),
  maxGradientNorm: above(0)
    .nullable()
    .describe('A gradient that a trainer sends is refused where its L2 norm is larger; default null')
    .optional(),
  allowMixedHardware: flag()
    .describe('Let workers join whose arithmetic differs: digests then mean nothing; default false')
    .optional(),
  attack: attackSchema.optional(),
  optimizer: optimizerSchema.optional(),
  earlyStop: z
    .union([z.literal(false), earlyStop], { error: 'false, or {on, patience}' })
    .nullable()
    .describe('Default false')
    .optional(),
  retrain: flag()
    .describe('After an early stop, train anew on all examples for as many epochs as were best; default false')
    .optional(),
  twin: z
    .union([flag(), twin], { error: 'true, false, or {epochs}' })
    .nullable()
    .describe('Train the same net and seed without an adversary, for comparison; default false')
    .optional(),
  evaluation: evaluationSchema.optional(),
  probeEvery: wholeAtLeast(1)
    .nullable()
    .describe('Measure robustness after every so many steps, while training goes on; default null')
    .optional(),
  probe: probeSchema.optional(),
  onCollapse: oneOf('warn', 'stop', 'rollback')
    .describe('What a probe that shows a collapse leads to, at the next one; default warn')
    .optional(),
  checkpointEverySeconds: above(0).describe('Default 30').optional(),
  maxSteps: wholeAtLeast(1).nullable().describe('Stop after this step; default null').optional(),
});

/** A configuration as it may be written: most keys may be absent, and shorthands stand. */
export type WrittenConfig = z.infer<typeof configSchema>;

/** The JSON schema of what may be written, for editors. */
export function jsonSchema(): Record<string, unknown> {
  return {
    title: 'Sparring recipe',
    ...(z.toJSONSchema(configSchema, { io: 'input', target: 'draft-7' }) as Record<string, unknown>),
  };
}
