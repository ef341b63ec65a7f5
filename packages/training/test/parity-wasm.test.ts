import type { EngineName } from '@sparring/engine';
import { attackProgram } from '../dist/index.js';
import { decided, difference, differenceWhere } from './differences.ts';
import { gradientsOf, movingState } from './moving-state.ts';
import { feedsOf, gradientAt } from './shard-feeds.ts';
import { models, openSession, optimizers, small, trainedParameters } from './small-run.ts';

const kinds = ['softmax', 'logistic', 'relu', 'maxout'];

test.each(kinds)('on WebAssembly the passes of %s have the gradients of the reference', async (model) => {
  const { wasm, reference } = await openBoth({ model: models[model]! });
  const parameters = trainedParameters(reference);
  const adversarialX = await reference.attack(parameters, 3, 0);
  const clean = [await wasm.pass('clean', parameters, 3, 0), await reference.pass('clean', parameters, 3, 0)] as const;
  expect(difference(clean[0].gradients, clean[1].gradients)).toBeLessThan(1e-6);
  const got = await wasm.pass('adversarial', parameters, 3, 0, { adversarialX });
  const expected = await reference.pass('adversarial', parameters, 3, 0, { adversarialX });
  expect(difference(got.gradients, expected.gradients)).toBeLessThan(1e-6);
});

test.each(kinds)('on WebAssembly FGSM against %s goes where the reference goes', async (model) => {
  const { wasm, reference } = await openBoth({ model: models[model]! });
  const parameters = trainedParameters(reference);
  const feeds = await feedsOf(reference, attackProgram(reference.recipe), 4, 1);
  const gradient = await gradientAt(reference, parameters, feeds, feeds['x/0'] as Float32Array);
  const [got, expected] = [await wasm.attack(parameters, 4, 1), await reference.attack(parameters, 4, 1)];
  expect(differenceWhere(got, expected, decided(gradient))).toBeLessThan(1e-6);
});

test.each(Object.keys(optimizers))('on WebAssembly %s moves a maxout net as the reference does', async (optimizer) => {
  const { wasm, reference } = await openBoth({ optimizer: optimizers[optimizer]! });
  const gradients = await gradientsOf(reference, 'split');
  const state = movingState(reference);
  const [got, expected] = [await wasm.update(state, 7, gradients), await reference.update(state, 7, gradients)];
  expect(difference(got, expected)).toBeLessThan(1e-6);
});

async function openBoth(given: Parameters<typeof small>[0]) {
  const open = (engine: EngineName) => openSession(engine, small(given));
  return { wasm: await open('tfjs:wasm'), reference: await open('tfjs:cpu') };
}
