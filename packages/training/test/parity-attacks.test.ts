import type { Arrays } from '@sparring/engine';
import { attackProgram, type Parameters, type TrainingSession, under } from '../dist/index.js';
import { decided, difference, differenceWhere } from './differences.ts';
import { feedsOf, gradientAt } from './shard-feeds.ts';
import { attacks, models, openSession, small, trainedParameters } from './small-run.ts';

const kinds = Object.keys(attacks);
const iterated = kinds.filter((kind) => attacks[kind]!.kind === 'pgd' && attacks[kind]!.norm === 'linf');
const single = kinds.filter((kind) => attacks[kind]!.kind === 'fgsm' && attacks[kind]!.norm === 'linf');
const smooth = kinds.filter((kind) => attacks[kind]!.norm === 'l2');
const table = (of: string[], by = Object.keys(models)) =>
  by.flatMap((model) => of.map((kind) => [kind, model] as const));

test.each(table(single))('%s against %s goes where TensorFlow.js goes', async (kind, model) => {
  const definition = small({ model: models[model]!, attack: attacks[kind]! });
  const [onnx, reference] = [await openSession('onnx:cpu', definition), await openSession('tfjs:cpu', definition)];
  const parameters = trainedParameters(reference);
  const feeds = await feedsOf(reference, attackProgram(reference.recipe), 4, 1);
  const gradient = await gradientAt(reference, parameters, feeds, feeds['x/0'] as Float32Array);
  const [got, expected] = [await onnx.attack(parameters, 4, 1), await reference.attack(parameters, 4, 1)];
  expect(differenceWhere(got, expected, decided(gradient))).toBeLessThan(1e-6);
  expect(differenceWhere(got, feeds['x/0']!, () => true)).toBeGreaterThan(0.1);
});

test.each(table(smooth))('%s against %s goes where TensorFlow.js goes', async (kind, model) => {
  const definition = small({ model: models[model]!, attack: attacks[kind]! });
  const [onnx, reference] = [await openSession('onnx:cpu', definition), await openSession('tfjs:cpu', definition)];
  const parameters = trainedParameters(reference);
  const [x, expected] = [await onnx.attack(parameters, 4, 1), await reference.attack(parameters, 4, 1)];
  expect(difference({ x }, { x: expected })).toBeLessThan(1e-6);
});

test.each(table(iterated))(
  'every iteration of %s against %s goes where that of TensorFlow.js goes',
  async (kind, model) => {
    const attack = attacks[kind]!;
    // One iteration from a given point: the start of an attack that starts at random.
    const definition = small({ model: models[model]!, attack: { ...attack, iterations: 1, randomStart: true } });
    const [onnx, reference] = [await openSession('onnx:cpu', definition), await openSession('tfjs:cpu', definition)];
    const parameters = trainedParameters(reference);
    const feeds = await feedsOf(reference, attackProgram(reference.recipe), 4, 1);
    const x = feeds['x/0'] as Float32Array;
    let start = attack.randomStart ? (feeds['start/0'] as Float32Array) : new Float32Array(x.length);
    for (let iteration = 0; iteration < attack.iterations; iteration++) {
      const from = { ...feeds, 'start/0': start };
      const gradient = await gradientAt(reference, parameters, feeds, startingPoint(x, start, attack.epsilon));
      const [got, expected] = [await iterate(onnx, parameters, from), await iterate(reference, parameters, from)];
      expect(differenceWhere(got, expected, decided(gradient))).toBeLessThan(1e-6);
      start = expected.map((value, i) => (value - x[i]!) / attack.epsilon);
    }
    expect(start.some((value) => Math.abs(value) > 0.9)).toBe(true);
  },
);

async function iterate(session: TrainingSession, parameters: Parameters, feeds: Arrays): Promise<Float32Array> {
  const { executable } = await session.compiled('attack', () => attackProgram(session.recipe));
  const outputs = await executable.run({ ...feeds, ...under('parameters', parameters) });
  return outputs.adversarialX as Float32Array;
}

/** Where an attack begins that is given `start`: as `startPerturbation` and `clip` round it. */
function startingPoint(x: Float32Array, start: Float32Array, epsilon: number): Float32Array {
  return x.map((value, i) =>
    Math.min(1, Math.max(0, Math.fround(value + Math.fround(start[i]! * Math.fround(epsilon))))),
  );
}
