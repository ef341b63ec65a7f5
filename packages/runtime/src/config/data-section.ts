import { z } from 'zod';
import type { DataConfig } from './run-config.js';
import { atLeast, oneOf, section, text, wholeAtLeast } from './values.js';

const takes = 'mnist, synthetic, or {set | folder, validation, classes, limit, synthetic}';
const classesTake = 'a list of at least two different labels, such as [3, 7]';

const syntheticSchema = section('a made-up set {train, test, classes, side, noise, seed}', {
  train: wholeAtLeast(1).describe('Training and validation examples; default 6000').optional(),
  test: wholeAtLeast(1).describe('Default 1000').optional(),
  classes: wholeAtLeast(2).describe('Default 10').optional(),
  side: wholeAtLeast(1).describe('Images are side × side pixels; default 28').optional(),
  noise: atLeast(0).describe("Standard deviation of each pixel's noise; default .2").optional(),
  seed: wholeAtLeast(0, 2 ** 32 - 1)
    .describe("The set's own seed, so that runs of all seeds share it; default 0")
    .optional(),
});

export const dataSchema = z.union(
  [
    oneOf('mnist', 'synthetic'),
    section(takes, {
      set: oneOf('mnist', 'synthetic', 'folder').optional(),
      folder: text('the path of a folder of IDX files').nullable().optional(),
      validation: wholeAtLeast(0)
        .describe('Examples held back for validation; default 10000 (synthetic: a sixth)')
        .optional(),
      classes: z
        .array(wholeAtLeast(0, 255), { error: classesTake })
        .min(2, { error: classesTake })
        .nullable()
        .describe('Only these classes, relabelled 0, 1, … in this order; default: all')
        .optional(),
      limit: wholeAtLeast(1).nullable().describe('Only the first so many training examples; default: all').optional(),
      synthetic: syntheticSchema.nullable().optional(),
    }),
  ],
  { error: takes },
);

export function fillData(written: z.infer<typeof dataSchema> = {}): DataConfig {
  const given = typeof written === 'string' ? { set: written } : written;
  const { folder, classes, limit } = given;
  const set = given.set ?? (folder ? 'folder' : given.synthetic ? 'synthetic' : 'mnist');
  const synthetic = set === 'synthetic' ? fillSynthetic(given.synthetic ?? {}) : null;
  return {
    set,
    ...(folder ? { folder } : {}),
    validation: given.validation ?? (synthetic ? Math.floor(synthetic.train / 6) : 10_000),
    ...(classes ? { classes } : {}),
    ...(limit ? { limit } : {}),
    ...(synthetic ? { synthetic } : {}),
  };
}

function fillSynthetic(written: z.infer<typeof syntheticSchema>) {
  return {
    train: written.train ?? 6000,
    test: written.test ?? 1000,
    classes: written.classes ?? 10,
    side: written.side ?? 28,
    noise: written.noise ?? 0.2,
    seed: written.seed ?? 0,
  };
}
