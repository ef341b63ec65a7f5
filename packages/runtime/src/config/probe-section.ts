import type { z } from 'zod';
import type { ProbeConfig } from './run-config.js';
import { above, section, wholeAtLeast } from './values.js';

export const probeSchema = section('what a probe measures and when it shows a collapse {examples, growth}', {
  examples: wholeAtLeast(1).describe('Validation examples of a probe, from the first; default 500').optional(),
  growth: above(0)
    .describe('A net has collapsed whose PGD error is above the lowest so far by more than this; default .2')
    .optional(),
});

export function fillProbe(written: z.infer<typeof probeSchema> = {}): ProbeConfig {
  return { examples: written.examples ?? 500, growth: written.growth ?? 0.2 };
}
