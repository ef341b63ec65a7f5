import { z } from 'zod';
import type { OptimizerConfig, ScheduleConfig } from './run-config.js';
import { above, atLeast, flag, section, text } from './values.js';

const takes =
  'a number of at least 0, {kind: linear, from, to, fromEpoch, toEpoch} or {kind: exponential, initial, divideBy, minimum}';

const scheduleSchema = z.union(
  [
    z.number({ error: takes }).min(0, { error: takes }),
    z.discriminatedUnion(
      'kind',
      [
        section(takes, { kind: z.literal('constant'), value: atLeast(0) }),
        section(takes, {
          kind: z.literal('linear'),
          from: atLeast(0),
          to: atLeast(0),
          fromEpoch: atLeast(0).describe('Change once an epoch, beginning when so many are done').optional(),
          toEpoch: above(0).describe('Change once an epoch, ending when so many are done').optional(),
        }),
        section(takes, {
          kind: z.literal('exponential'),
          initial: atLeast(0),
          divideBy: atLeast(1).describe('The value is divided by this at every update'),
          minimum: atLeast(0).describe('Default 0').optional(),
        }),
      ],
      { error: 'one of constant, linear, exponential' },
    ),
  ],
  { error: takes },
);

const decayTakes = 'a coefficient for all kernels, or {parameter name: coefficient}';
const decaySchema = z.union(
  [atLeast(0), z.record(text('the name of a parameter'), atLeast(0), { error: decayTakes })],
  { error: decayTakes },
);

export const optimizerSchema = section('an optimizer {learningRate, momentum, …}', {
  learningRate: scheduleSchema.describe('Default: .1 to 0 linearly').optional(),
  momentum: scheduleSchema.describe('Default .5').optional(),
  nesterov: flag().describe('Default false: classical momentum').optional(),
  l1: decaySchema.optional(),
  l2: decaySchema.optional(),
  maxColumnNorm: above(0)
    .nullable()
    .describe("Longest that a unit's incoming weights may be after an update; default null: no limit")
    .optional(),
});

export function fillOptimizer(written: z.infer<typeof optimizerSchema> = {}, epochs: number): OptimizerConfig {
  return {
    learningRate: fillSchedule(written.learningRate ?? { kind: 'linear', from: 0.1, to: 0 }, epochs),
    momentum: fillSchedule(written.momentum ?? 0.5, epochs),
    nesterov: written.nesterov ?? false,
    l1: fillDecay(written.l1),
    l2: fillDecay(written.l2),
    maxColumnNorm: written.maxColumnNorm ?? null,
  };
}

function fillSchedule(written: z.infer<typeof scheduleSchema>, epochs: number): ScheduleConfig {
  if (typeof written === 'number') return { kind: 'constant', value: written };
  switch (written.kind) {
    case 'constant':
      return { ...written };
    case 'linear': {
      const { kind, from, to, fromEpoch, toEpoch } = written;
      if (fromEpoch === undefined && toEpoch === undefined) return { kind, from, to };
      return { kind, from, to, fromEpoch: fromEpoch ?? 0, toEpoch: toEpoch ?? epochs };
    }
    case 'exponential':
      return { ...written, minimum: written.minimum ?? 0 };
  }
}

function fillDecay(written: z.infer<typeof decaySchema> | undefined): Record<string, number> {
  if (written === undefined) return {};
  return typeof written === 'number' ? { '*': written } : { ...written };
}
