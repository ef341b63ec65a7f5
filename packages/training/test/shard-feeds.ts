import { inputGradient, predictedLabels } from '@sparring/core';
import type { Arrays, Program } from '@sparring/engine';
import type { tf } from '@sparring/engine/tensorflow';
import { allocate } from '../dist/arrays.js';
import { ShardFeeder } from '../dist/feeder.js';
import { attackProgram, type Parameters, type TrainingSession, under, within } from '../dist/index.js';
import { shardTensors } from '../dist/inputs.js';
import { dataOf } from './small-run.ts';

const drawn = /^(x|labels|start|cleanMask|adversarialMask)\//;

/** What a program reads of a shard: examples, labels, masks and random starts, the parameters left out. */
export async function feedsOf(
  session: TrainingSession,
  program: Program,
  step: number,
  shard: number,
): Promise<Arrays> {
  const { model, definition } = session;
  const own = Object.entries(program.inputs).filter(([name]) => drawn.test(name));
  const arrays = allocate(Object.fromEntries(own));
  const feeder = new ShardFeeder(model, definition, (await dataOf(model.classes)).train);
  feeder.fill(arrays, step, shard, 0, 0);
  return arrays;
}

/** The gradient that the attack on a shard follows at `point`. */
export async function gradientAt(session: TrainingSession, parameters: Parameters, feeds: Arrays, point: Float32Array) {
  const { model, definition, recipe } = session;
  const attack = attackProgram(recipe);
  const make = (): Program => ({
    name: 'gradient',
    inputs: { ...attack.inputs, point: attack.inputs['x/0']! },
    fn: (inputs) => {
      const values = within('parameters', inputs);
      const { x, labels, cleanMasks } = shardTensors(definition, inputs, 0);
      const followed =
        definition.attack.label === 'true' ? labels : predictedLabels(model, model.logits(values, x, cleanMasks));
      return { gradient: inputGradient(model, values, inputs.point as tf.Tensor2D, followed, cleanMasks) };
    },
  });
  const { executable } = await session.compiled('gradient', make);
  const { gradient } = await executable.run({ ...feeds, point, ...under('parameters', parameters) });
  return gradient as Float32Array;
}
