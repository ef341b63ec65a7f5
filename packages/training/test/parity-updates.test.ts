import { difference } from './differences.ts';
import { gradientsOf, movingState } from './moving-state.ts';
import { models, openSession, optimizers, small } from './small-run.ts';

// How the gradients are handed over has no part in what the optimizer makes of them: all of them apart once, for each model.
const table = Object.keys(models).flatMap((model) => [
  ...Object.keys(optimizers).map((optimizer) => [optimizer, model, 'whole'] as const),
  ['all of it', model, 'split'] as const,
]);

test.each(table)('%s moves %s as TensorFlow.js does, from %s gradients', async (optimizer, model, parts) => {
  const definition = small({ model: models[model]!, optimizer: optimizers[optimizer]!, staleness: 1 });
  const [onnx, reference] = [await openSession('onnx:cpu', definition), await openSession('tfjs:cpu', definition)];
  const gradients = await gradientsOf(onnx, parts);
  const state = movingState(onnx);
  const [got, expected] = [await onnx.update(state, 7, gradients), await reference.update(state, 7, gradients)];
  expect(difference(got, expected)).toBeLessThan(1e-6);
  expect(difference(got, state)).toBeGreaterThan(1e-3);
});

test('the parameters that an update leaves behind become the newest of the history', async () => {
  const session = await openSession('onnx:cpu', small({ staleness: 2 }));
  const state = movingState(session);
  const next = await session.update(state, 7, await gradientsOf(session, 'whole'));
  for (const name of Object.keys(session.model.parameters)) {
    expect(next[`history/0/${name}`]).toEqual(state[`parameters/${name}`]);
    expect(next[`history/1/${name}`]).toEqual(state[`history/0/${name}`]);
  }
});
