import type { Model } from '@sparring/core';
import type { Program } from '@sparring/engine';
import type { TrainingDefinition } from '../definition.js';
import { drawsStart, floatSpecs, type ShardNeeds, shardSpecs, shardTensors } from '../inputs.js';
import { within } from '../names.js';
import type { Recipe } from './step.js';

/** The attack on a shard alone: `adversarialX`. It is the clean pass (or the search) with all else removed. */
export function attackProgram({ model, definition, pieces }: Recipe): Program {
  const needs = attackNeeds(model, definition);
  return {
    name: 'attack',
    inputs: { ...floatSpecs('parameters', model.parameters), ...shardSpecs(model, definition, needs, 0) },
    fn: (inputs) => ({
      adversarialX: pieces.attack(within('parameters', inputs), shardTensors(definition, inputs, 0)),
    }),
  };
}

/** What of a shard's inputs its attack reads. */
export function attackNeeds(model: Model, definition: TrainingDefinition): ShardNeeds {
  return { cleanMasks: model.dropout.length > 0, adversarialMasks: false, start: drawsStart(definition) };
}
