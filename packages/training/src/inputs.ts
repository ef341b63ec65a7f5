import type { Model } from '@sparring/core';
import type { TensorSpec } from '@sparring/engine';
import { type Tensors, tf } from '@sparring/engine/tensorflow';
import { hasAdversary, type TrainingDefinition } from './definition.js';
import { under, within } from './names.js';
import type { ShardTensors } from './pieces.js';

export type Specs = Record<string, TensorSpec>;

/** Which of a shard's inputs a program reads: only these are made and fed. */
export interface ShardNeeds {
  readonly cleanMasks: boolean;
  readonly adversarialMasks: boolean;
  readonly start: boolean;
}

/** What a whole step reads of each shard. */
export function wholeStepNeeds(model: Model, definition: TrainingDefinition): ShardNeeds {
  const adversary = hasAdversary(definition);
  return {
    cleanMasks: model.dropout.length > 0,
    adversarialMasks: adversary && model.dropout.length > 0 && !definition.attack.sameMasks,
    start: adversary && drawsStart(definition),
  };
}

export function drawsStart({ attack }: TrainingDefinition): boolean {
  return attack.kind === 'pgd' && attack.randomStart;
}

/** Declares the inputs of shard `index` of a step: `x/<index>`, `labels/<index>`, … */
export function shardSpecs(model: Model, definition: TrainingDefinition, needs: ShardNeeds, index: number): Specs {
  const size = definition.batch / definition.shards;
  const masks = (purpose: string): Specs =>
    Object.fromEntries(
      model.dropout.map((layer) => [
        `${purpose}/${index}/${layer.name}`,
        { shape: [size, layer.size], dtype: 'bool' as const },
      ]),
    );
  return {
    [`x/${index}`]: { shape: [size, model.inputSize], dtype: 'float32' },
    [`labels/${index}`]: { shape: [size], dtype: 'int32' },
    ...(needs.cleanMasks ? masks('cleanMask') : {}),
    ...(needs.adversarialMasks ? masks('adversarialMask') : {}),
    ...(needs.start ? { [`start/${index}`]: { shape: [size, model.inputSize], dtype: 'float32' as const } } : {}),
  };
}

/** Picks the tensors of shard `index` out of a program's inputs. */
export function shardTensors(definition: TrainingDefinition, inputs: Tensors, index: number): ShardTensors {
  const cleanMasks = masksWithin(`cleanMask/${index}`, inputs);
  return {
    x: inputs[`x/${index}`] as tf.Tensor2D,
    labels: inputs[`labels/${index}`] as tf.Tensor1D,
    cleanMasks,
    adversarialMasks: definition.attack.sameMasks ? cleanMasks : masksWithin(`adversarialMask/${index}`, inputs),
    start: inputs[`start/${index}`] as tf.Tensor2D | undefined,
  };
}

export const scalar = { shape: [], dtype: 'float32' } as const;

/** Float32 inputs of these shapes, under a prefix. */
export function floatSpecs(prefix: string, shapes: Readonly<Record<string, readonly number[]>>): Specs {
  const specs = Object.entries(shapes).map(([name, shape]) => [name, { shape, dtype: 'float32' as const }]);
  return prefix === '' ? Object.fromEntries(specs) : under(prefix, Object.fromEntries(specs));
}

function masksWithin(prefix: string, inputs: Tensors): Tensors | undefined {
  const masks = Object.entries(within(prefix, inputs));
  if (masks.length === 0) return undefined;
  return Object.fromEntries(masks.map(([name, mask]) => [name, tf.cast(mask, 'float32')]));
}
