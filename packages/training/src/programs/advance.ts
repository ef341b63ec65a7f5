import type { Program } from '@sparring/engine';
import type { Tensors } from '@sparring/engine/tensorflow';
import { floatSpecs, type Specs, scalar, shardSpecs, wholeStepNeeds } from '../inputs.js';
import { within } from '../names.js';
import { stateShapes } from '../state.js';
import { applyUpdate, attackedParameters, type Recipe, shardStep } from './step.js';

/**
 * A whole step, all shards, update included, scanned over K consecutive steps. Reads `parameters/…`, `velocity/…`, `history/…`, each
 * shard's inputs, `learningRate` and `momentum`; returns the state and each shard's `loss/clean/<s>` and `loss/adversarial/<s>`.
 */
export function advanceProgram(recipe: Recipe): Program {
  const { model, definition, pieces } = recipe;
  const needs = wholeStepNeeds(model, definition);
  const state = floatSpecs('', stateShapes(model, definition));
  const sequence: Specs = { learningRate: scalar, momentum: scalar };
  for (let s = 0; s < definition.shards; s++) Object.assign(sequence, shardSpecs(model, definition, needs, s));
  return {
    name: 'advance',
    inputs: { ...state, ...sequence },
    scan: { state: Object.keys(state), sequence: Object.keys(sequence) },
    fn: (inputs) => {
      const parameters = within('parameters', inputs);
      const attacked = attackedParameters(definition, inputs);
      const losses: Tensors = {};
      const shardGradients: Tensors[] = [];
      for (let s = 0; s < definition.shards; s++) {
        const { gradients, loss } = shardStep(recipe, parameters, attacked, inputs, s);
        shardGradients.push(gradients);
        Object.assign(losses, loss);
      }
      const gradients = pieces.reduce(shardGradients);
      return { ...applyUpdate(recipe, inputs, gradients), ...losses };
    },
  };
}
