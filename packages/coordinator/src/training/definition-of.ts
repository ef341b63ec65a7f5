import type { RunConfig } from '@sparring/runtime';
import type { TrainingDefinition } from '@sparring/training';

/** What of a run's configuration decides its parameters. */
export function definitionOf(config: RunConfig): TrainingDefinition {
  const { seed, model, alpha, attack, optimizer, batch, shards, staleness, epochs } = config;
  const { replicas, localSteps, momentumBetweenRounds } = config;
  const rounds = { replicas, localSteps, momentumBetweenRounds };
  return { seed, model, alpha, attack, optimizer, batch, shards, staleness, ...rounds, epochs };
}
