import type { Program } from '@sparring/engine';
import type { tf } from '@sparring/engine/tensorflow';
import { floatSpecs, shardSpecs, shardTensors, wholeStepNeeds } from '../inputs.js';
import { under, within } from '../names.js';
import { historyLength } from '../state.js';
import { type Recipe, shardStep } from './step.js';

/** A shard of a step, clean and adversarial pass and their combination: `gradient/…`, `loss/clean/<s>`, `loss/adversarial/<s>`. */
export function wholePassProgram(recipe: Recipe): Program {
  const { model, definition } = recipe;
  const stale = historyLength(definition) > 0;
  return {
    name: 'whole pass',
    inputs: {
      ...floatSpecs('parameters', model.parameters),
      ...(stale ? floatSpecs('attacked', model.parameters) : {}),
      ...shardSpecs(model, definition, wholeStepNeeds(model, definition), 0),
    },
    fn: (inputs) => {
      const parameters = within('parameters', inputs);
      const attacked = stale ? within('attacked', inputs) : parameters;
      const { gradients, loss } = shardStep(recipe, parameters, attacked, inputs, 0);
      return { ...under('gradient', gradients), ...loss };
    },
  };
}

/** A shard's clean pass, its adversarial pass on given examples `adversarialX`, and their combination: outputs as those of the whole pass. */
export function bothPassesProgram({ model, definition, pieces }: Recipe): Program {
  const needs = { ...wholeStepNeeds(model, definition), start: false };
  const specs = shardSpecs(model, definition, needs, 0);
  return {
    name: 'both passes',
    inputs: { ...floatSpecs('parameters', model.parameters), ...specs, adversarialX: specs['x/0']! },
    fn: (inputs) => {
      const parameters = within('parameters', inputs);
      const shard = shardTensors(definition, inputs, 0);
      const clean = pieces.cleanPass(parameters, shard);
      const adversarial = pieces.adversarialPass(parameters, shard, inputs.adversarialX as tf.Tensor2D);
      return {
        ...under('gradient', pieces.combine(clean.gradients, adversarial.gradients)),
        ...{ 'loss/clean/0': clean.loss, 'loss/adversarial/0': adversarial.loss },
      };
    },
  };
}

/** The clean pass of a shard alone: `gradient/…` and `loss/clean/0`. */
export function cleanPassProgram({ model, definition, pieces }: Recipe): Program {
  const needs = { cleanMasks: model.dropout.length > 0, adversarialMasks: false, start: false };
  return {
    name: 'clean pass',
    inputs: { ...floatSpecs('parameters', model.parameters), ...shardSpecs(model, definition, needs, 0) },
    fn: (inputs) => {
      const shard = shardTensors(definition, inputs, 0);
      const { gradients, loss } = pieces.cleanPass(within('parameters', inputs), shard);
      return { ...under('gradient', gradients), 'loss/clean/0': loss };
    },
  };
}

/** The adversarial pass of a shard on given adversarial examples `adversarialX`: `gradient/…` and `loss/adversarial/0`. */
export function adversarialPassProgram({ model, definition, pieces }: Recipe): Program {
  const masks = model.dropout.length > 0;
  const { sameMasks } = definition.attack;
  const needs = { cleanMasks: masks && sameMasks, adversarialMasks: masks && !sameMasks, start: false };
  const { 'x/0': x, ...specs } = shardSpecs(model, definition, needs, 0);
  return {
    name: 'adversarial pass',
    inputs: { ...floatSpecs('parameters', model.parameters), ...specs, adversarialX: x! },
    fn: (inputs) => {
      const shard = shardTensors(definition, inputs, 0);
      const parameters = within('parameters', inputs);
      const { gradients, loss } = pieces.adversarialPass(parameters, shard, inputs.adversarialX as tf.Tensor2D);
      return { ...under('gradient', gradients), 'loss/adversarial/0': loss };
    },
  };
}
