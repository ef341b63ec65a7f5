import type { Model } from '@sparring/core';
import type { Tensors, tf } from '@sparring/engine/tensorflow';
import { hasAdversary, type TrainingDefinition } from '../definition.js';
import { shardTensors } from '../inputs.js';
import { under, within } from '../names.js';
import type { Pieces } from '../pieces.js';
import { historyLength } from '../state.js';

/** A model with its definition and its pieces: what every program of a run is made from. */
export interface Recipe {
  readonly model: Model;
  readonly definition: TrainingDefinition;
  readonly pieces: Pieces;
}

/** One shard of a step: its clean pass, its attack, its adversarial pass, and the two gradients combined. */
export function shardStep(
  { definition, pieces }: Recipe,
  parameters: Tensors,
  attacked: Tensors,
  inputs: Tensors,
  s: number,
) {
  const shard = shardTensors(definition, inputs, s);
  const clean = pieces.cleanPass(parameters, shard);
  if (!hasAdversary(definition)) return { gradients: clean.gradients, loss: { [`loss/clean/${s}`]: clean.loss } };
  const adversarialX = pieces.attack(attacked, shard, clean);
  const adversarial = pieces.adversarialPass(parameters, shard, adversarialX);
  return {
    gradients: pieces.combine(clean.gradients, adversarial.gradients),
    loss: { [`loss/clean/${s}`]: clean.loss, [`loss/adversarial/${s}`]: adversarial.loss },
  };
}

/** The state after a step, from the state before it and the step's gradient. */
export function applyUpdate({ definition, pieces }: Recipe, inputs: Tensors, gradients: Tensors): Tensors {
  const parameters = within('parameters', inputs);
  const next = pieces.update(
    parameters,
    within('velocity', inputs),
    gradients,
    inputs.learningRate as tf.Scalar,
    inputs.momentum as tf.Scalar,
  );
  const state: Tensors = { ...under('parameters', next.parameters), ...under('velocity', next.velocity) };
  for (let age = 0; age < historyLength(definition); age++) {
    Object.assign(state, under(`history/${age}`, age === 0 ? parameters : within(`history/${age - 1}`, inputs)));
  }
  return state;
}

/** The parameters that a step attacks: its own, or those of `staleness` steps ago. */
export function attackedParameters(definition: TrainingDefinition, inputs: Tensors): Tensors {
  const oldest = historyLength(definition) - 1;
  return oldest < 0 ? within('parameters', inputs) : within(`history/${oldest}`, inputs);
}
