import type { Program } from '@sparring/engine';
import { floatSpecs, type Specs, scalar } from '../inputs.js';
import { within } from '../names.js';
import { stateShapes } from '../state.js';
import { applyUpdate, type Recipe } from './step.js';

/**
 * Combine, reduce and update from the shards' gradients: `whole/<s>/…` (already combined) or `clean/<s>/…` and
 * `adversarial/<s>/…`. Returns the state.
 */
export function updateProgram(recipe: Recipe, parts: 'whole' | 'split'): Program {
  const { model, definition, pieces } = recipe;
  const kinds = parts === 'whole' ? ['whole'] : ['clean', 'adversarial'];
  const inputs: Specs = { ...floatSpecs('', stateShapes(model, definition)), learningRate: scalar, momentum: scalar };
  for (let s = 0; s < definition.shards; s++) {
    for (const kind of kinds) Object.assign(inputs, floatSpecs(`${kind}/${s}`, model.parameters));
  }
  return {
    name: `update from ${parts} passes`,
    inputs,
    fn: (tensors) => {
      const shards = Array.from({ length: definition.shards }, (_, s) =>
        parts === 'whole'
          ? within(`whole/${s}`, tensors)
          : pieces.combine(within(`clean/${s}`, tensors), within(`adversarial/${s}`, tensors)),
      );
      return applyUpdate(recipe, tensors, pieces.reduce(shards));
    },
  };
}
