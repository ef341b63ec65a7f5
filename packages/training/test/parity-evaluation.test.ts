import { Random, readBatch } from '@sparring/data';
import { allocate } from '../dist/arrays.js';
import { type EvaluationAttack, evaluateProgram, type TrainingSession, under } from '../dist/index.js';
import { difference } from './differences.ts';
import { attacks, dataOf, models, openSession, small, specOf, trainedParameters } from './small-run.ts';

/** One iteration of each attack: the further ones are compared where attacks are. */
const faced: Record<string, EvaluationAttack> = {
  'clean examples': 'clean',
  FGSM: specOf(attacks.FGSM!),
  'PGD from a random start': { ...specOf(attacks.PGD!), iterations: 1, randomStart: true },
  'random points': { ...specOf(attacks.FGSM!), kind: 'random' },
};

const table = Object.keys(faced).flatMap((attack) => Object.keys(models).map((model) => [attack, model] as const));

test.each(table)('on %s, %s errs as on TensorFlow.js, example by example', async (attack, model) => {
  const definition = small({ model: models[model]! });
  const [onnx, reference] = [await openSession('onnx:cpu', definition), await openSession('tfjs:cpu', definition)];
  const got = await outcomesOf(onnx, faced[attack]!);
  const expected = await outcomesOf(reference, faced[attack]!);
  expect(got.wrong).toEqual(expected.wrong);
  expect(difference(got, expected)).toBeLessThan(1e-6);
});

async function outcomesOf(session: TrainingSession, attack: EvaluationAttack) {
  const { test: split } = await dataOf(session.model.classes);
  const program = evaluateProgram(session.recipe, attack, split.size);
  const { x, labels, start } = program.inputs;
  const arrays = allocate({ x: x!, labels: labels!, ...(start ? { start } : {}) });
  const all = Uint32Array.from({ length: split.size }, (_, i) => i);
  readBatch(split, all, 0, split.size, arrays.x as Float32Array, arrays.labels as Int32Array, 0);
  const key = { seed: 1, purpose: 'evaluation-start', epoch: 0, step: 0, shard: 0 } as const;
  if (start) arrays.start = new Random(key).uniform(arrays.start!.length, -1, 1);
  const { executable } = await session.compiled(JSON.stringify(attack), () => program);
  return executable.run({ ...arrays, ...under('parameters', trainedParameters(session)) });
}
