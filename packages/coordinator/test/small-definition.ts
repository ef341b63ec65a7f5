import type { TrainingDefinition } from '@sparring/training';

/** A small net with what makes a difference: dropout, momentum, α other than .5. */
export function smallDefinition(given: Partial<TrainingDefinition> = {}): TrainingDefinition {
  return {
    seed: 3,
    model: {
      ...{ kind: 'maxout', inputKeep: 1, inputScale: 1, init: { kind: 'glorot' } },
      layers: [{ units: 6, pieces: 2, keep: 0.5, scale: 2 }],
    },
    alpha: 0.3,
    attack: {
      ...{ kind: 'fgsm', norm: 'linf', epsilon: 0.2, stepSize: 0.2, iterations: 1, randomStart: false, clip: true },
      ...{ bounds: [0, 1], label: 'true', sameMasks: false },
    },
    optimizer: {
      ...{ learningRate: { kind: 'constant', value: 0.1 }, momentum: { kind: 'constant', value: 0.9 } },
      ...{ nesterov: false, l1: {}, l2: {}, maxColumnNorm: null },
    },
    ...{ batch: 20, shards: 2, staleness: 0, epochs: 2 },
    ...{ replicas: 1, localSteps: null, momentumBetweenRounds: 'average' },
    ...given,
  };
}
