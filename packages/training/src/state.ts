import { hasVelocity, type Model } from '@sparring/core';
import { Random } from '@sparring/data';
import { allocate } from './arrays.js';
import { hasAdversary, type TrainingDefinition } from './definition.js';
import { floatSpecs } from './inputs.js';
import { under } from './names.js';

/**
 * Everything a step changes, by name: `parameters/…`, with momentum `velocity/…`, and, for an attack that is k steps stale,
 * `history/0/…` to `history/k−1/…`, the parameters of one to k steps ago.
 */
export type TrainingState = Record<string, Float32Array>;

type Shapes = Record<string, readonly number[]>;

/** How many earlier sets of parameters the state carries. */
export function historyLength(definition: TrainingDefinition): number {
  return hasAdversary(definition) ? definition.staleness : 0;
}

/** The shapes of the state's tensors, by name. */
export function stateShapes(model: Model, definition: TrainingDefinition): Shapes {
  const shapes: Shapes = under('parameters', model.parameters);
  if (hasVelocity(definition.optimizer)) Object.assign(shapes, under('velocity', model.parameters));
  for (let age = 0; age < historyLength(definition); age++) {
    Object.assign(shapes, under(`history/${age}`, model.parameters));
  }
  return shapes;
}

/** `velocity/…` of a net that has not moved yet; {} without momentum. */
export function zeroVelocity(model: Model, { optimizer }: TrainingDefinition): TrainingState {
  return hasVelocity(optimizer) ? (allocate(floatSpecs('velocity', model.parameters)) as TrainingState) : {};
}

/** The state at step 0: seeded parameters, no velocity, and a history that is all step 0. */
export function initialState(model: Model, definition: TrainingDefinition): TrainingState {
  const random = new Random({ seed: definition.seed, purpose: 'parameters', epoch: 0, step: 0, shard: 0 });
  const parameters = model.initialize(random);
  const state: TrainingState = { ...under('parameters', parameters), ...zeroVelocity(model, definition) };
  for (let age = 0; age < historyLength(definition); age++) {
    Object.assign(state, under(`history/${age}`, parameters));
  }
  return state;
}
