import { hasVelocity, type Model } from '@sparring/core';
import type { Checkpoint, CheckpointKind, NamedTensors } from '@sparring/runtime';
import { historyLength, stateShapes, type TrainingDefinition, type TrainingState, under } from '@sparring/training';

/** Where checkpoints last; saving replaces the one of the same kind, atomically. */
export interface CheckpointStore {
  save(kind: CheckpointKind, checkpoint: Checkpoint): Promise<void>;
  load(kind: CheckpointKind): Promise<Checkpoint>;
}

/** A state's tensors as a checkpoint keeps them: with their shapes, in three groups. */
export function tensorsOf(
  model: Model,
  definition: TrainingDefinition,
  state: TrainingState,
): Pick<Checkpoint, 'parameters' | 'velocity' | 'history'> {
  const group = (prefix: string): NamedTensors =>
    Object.fromEntries(
      Object.entries(model.parameters).map(([name, shape]) => [name, { shape, data: state[`${prefix}/${name}`]! }]),
    );
  return {
    parameters: group('parameters'),
    velocity: hasVelocity(definition.optimizer) ? group('velocity') : {},
    history: Array.from({ length: historyLength(definition) }, (_, age) => group(`history/${age}`)),
  };
}

/** The state that a checkpoint holds: the inverse of `tensorsOf`. */
export function stateOf({ parameters, velocity, history }: Checkpoint): TrainingState {
  const state = { ...under('parameters', dataOf(parameters)), ...under('velocity', dataOf(velocity)) };
  history.forEach((past, age) => {
    Object.assign(state, under(`history/${age}`, dataOf(past)));
  });
  return state;
}

/** A state, or a part of one, with the shapes of its tensors: the inverse of `dataOf`. */
export function shaped(model: Model, definition: TrainingDefinition, state: TrainingState): NamedTensors {
  const shapes = stateShapes(model, definition);
  return Object.fromEntries(Object.entries(state).map(([name, data]) => [name, { shape: shapes[name]!, data }]));
}

/** The values of named tensors, without their shapes. */
export function dataOf(tensors: NamedTensors): Record<string, Float32Array> {
  return Object.fromEntries(Object.entries(tensors).map(([name, { data }]) => [name, data]));
}
