import { type AttackSpec, fgsm, inputGradient, type Model, outcome, pgd } from '@sparring/core';
import type { Program } from '@sparring/engine';
import type { Tensors, tf } from '@sparring/engine/tensorflow';
import { hasAdversary, type TrainingDefinition } from './definition.js';
import {
  drawsStart,
  floatSpecs,
  type ShardNeeds,
  type Specs,
  shardSpecs,
  shardTensors,
  wholeStepNeeds,
} from './inputs.js';
import { under, within } from './names.js';
import type { Pieces } from './pieces.js';
import { historyLength, stateShapes } from './state.js';

/** A model with its definition and its pieces: what every program of a run is made from. */
export interface Recipe {
  readonly model: Model;
  readonly definition: TrainingDefinition;
  readonly pieces: Pieces;
}

const scalar = { shape: [], dtype: 'float32' } as const;

/**
 * A whole step, all shards, update included, scanned over K consecutive steps. Reads `parameters/…`, `velocity/…`, `history/…`, each
 * shard's inputs, `learningRate` and `momentum`; returns the state and each shard's `loss/clean/<s>` and `loss/adversarial/<s>`.
 */
export function advanceProgram({ model, definition, pieces }: Recipe): Program {
  const needs = wholeStepNeeds(model, definition);
  const state = floatSpecsOf(stateShapes(model, definition));
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
        const { gradients, loss } = shardStep({ model, definition, pieces }, parameters, attacked, inputs, s);
        shardGradients.push(gradients);
        Object.assign(losses, loss);
      }
      const gradients = pieces.reduce(shardGradients);
      return { ...applyUpdate({ model, definition, pieces }, inputs, gradients), ...losses };
    },
  };
}

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

/**
 * Combine, reduce and update from the shards' gradients: `whole/<s>/…` (already combined) or `clean/<s>/…` and
 * `adversarial/<s>/…`. Returns the state.
 */
export function updateProgram(recipe: Recipe, parts: 'whole' | 'split'): Program {
  const { model, definition, pieces } = recipe;
  const kinds = parts === 'whole' ? ['whole'] : ['clean', 'adversarial'];
  const inputs: Specs = { ...floatSpecsOf(stateShapes(model, definition)), learningRate: scalar, momentum: scalar };
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

/** Which attack an evaluation faces. */
export type EvaluationAttack = AttackSpec | 'clean';

/** Per example of a batch of `size`: `wrong` (0 or 1), `confidence` and `loss`, under an attack on the evaluation-mode net. */
export function evaluateProgram({ model }: Recipe, attack: EvaluationAttack, size: number): Program {
  const starts = attack !== 'clean' && attack.kind === 'pgd' && attack.randomStart;
  const x = { shape: [size, model.inputSize], dtype: 'float32' } as const;
  return {
    name: `evaluate ${attack === 'clean' ? 'clean' : attack.kind}`,
    inputs: {
      ...floatSpecs('parameters', model.parameters),
      x,
      labels: { shape: [size], dtype: 'int32' },
      ...(starts ? { start: x } : {}),
    },
    fn: (inputs) => {
      const parameters = within('parameters', inputs);
      const labels = inputs.labels as tf.Tensor1D;
      const clean = inputs.x as tf.Tensor2D;
      const gradientAt = (x: tf.Tensor2D) => inputGradient(model, parameters, x, labels, undefined);
      const attacked =
        attack === 'clean'
          ? clean
          : attack.kind === 'fgsm'
            ? fgsm(clean, gradientAt(clean), attack)
            : pgd(gradientAt, clean, inputs.start as tf.Tensor2D | undefined, attack);
      return { ...outcome(model, model.logits(parameters, attacked), labels) };
    },
  };
}

function shardStep({ definition, pieces }: Recipe, parameters: Tensors, attacked: Tensors, inputs: Tensors, s: number) {
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

function applyUpdate({ definition, pieces }: Recipe, inputs: Tensors, gradients: Tensors): Tensors {
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

function attackedParameters(definition: TrainingDefinition, inputs: Tensors): Tensors {
  const oldest = historyLength(definition) - 1;
  return oldest < 0 ? within('parameters', inputs) : within(`history/${oldest}`, inputs);
}

function floatSpecsOf(shapes: Readonly<Record<string, readonly number[]>>): Specs {
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, { shape, dtype: 'float32' as const }]),
  );
}
