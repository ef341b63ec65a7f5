import type { RunConfig } from '@sparring/runtime';

/** The same steps, and no last one, with nothing measured, saved or decided on the way. */
export function endless(config: RunConfig): RunConfig {
  return {
    ...config,
    ...{ earlyStop: null, maxSteps: null, twin: null, epochs: 1_000_000, checkpointEveryMs: Number.POSITIVE_INFINITY },
    probeEvery: null,
    evaluation: { ...config.evaluation, validationExamples: 1, everyEpochs: Number.MAX_SAFE_INTEGER },
  };
}
