import type { DataConfig, RunConfig } from './run-config.js';

/** The first training of a run that trains twice: it stops early, and finds for how many epochs to train again. */
export function selectionConfig(config: RunConfig): RunConfig {
  return { ...config, name: `${config.name}-selection`, twin: null, retrain: false };
}

/**
 * The second: the same net, seed and schedules, on the examples of the validation split too, for as many epochs as the first one's best net
 * had. Nothing is held back, so nothing is measured or probed on the way and nothing stops it. Its epochs have more steps than the first one's.
 * @param stepsPerEpoch on all examples
 */
export function retrainConfig(config: RunConfig, bestEpoch: number, stepsPerEpoch: number): RunConfig {
  const { data, ...rest } = config;
  return {
    ...{ ...rest, data: allExamples(data), earlyStop: null, retrain: false, maxSteps: bestEpoch * stepsPerEpoch },
    ...{ probeEvery: null, onCollapse: 'warn' },
  };
}

/** `limit` was of the training split alone: what is held back no longer comes on top of it. */
function allExamples(data: DataConfig): DataConfig {
  return { ...data, validation: 0, ...(data.limit ? { limit: data.limit + data.validation } : {}) };
}
