import { initialState, loadModel, type StepGradients, type TrainingState, within } from '@sparring/training';
import { StateKeeper } from '../dist/training/state-keeper.js';
import { smallData } from './small-data.ts';
import { smallDefinition } from './small-definition.ts';

const keepers: StateKeeper[] = [];
afterAll(async () => {
  for (const keeper of keepers) await keeper.close();
});

/** A keeper that is two steps stale, its first state, and what it told of each step: the values, as memory is used again. */
async function open(step: number) {
  const definition = smallDefinition({ staleness: 2 });
  const dataSet = await smallData();
  const state = initialState(await loadModel(definition.model, dataSet), definition);
  const told: [number, TrainingState][] = [];
  const onUpdate = (at: number, parameters: TrainingState) => told.push([at, copied(parameters)]);
  const keeper = new StateKeeper({ engine: 'onnx:cpu', definition, dataSet, stepsPerCall: 1 }, step, state, onUpdate);
  keepers.push(keeper);
  return { keeper, state, told };
}

const copied = (tensors: TrainingState): TrainingState =>
  Object.fromEntries(Object.entries(tensors).map(([name, values]) => [name, new Float32Array(values)]));
const filled = (tensors: TrainingState, value: number): TrainingState =>
  Object.fromEntries(Object.entries(tensors).map(([name, { length }]) => [name, new Float32Array(length).fill(value)]));
const gradients = (state: TrainingState): StepGradients => ({
  ...{ parts: 'whole', whole: [1, 2].map((value) => filled(within('parameters', state), value)) },
});

test('holds the parameters of its step and of as many before it as attacks are stale, and no others', async () => {
  const { keeper, state } = await open(0);
  const held = () => [-1, 0, 1, 2, 3, 4, 5, 6, 7, 8].filter((step) => keeper.holds(step));
  expect(held()).toEqual([0]);
  keeper.adopt(1, state);
  expect(held()).toEqual([0, 1]);
  keeper.adopt(6, state);
  expect(held()).toEqual([4, 5, 6]);
  await keeper.update(gradients(state));
  expect(held().filter((step) => step >= 5)).toEqual([5, 6, 7]);
});

test('tells of the parameters that each update came to, and of none that a trainer advanced to', async () => {
  const { keeper, state, told } = await open(3);
  await keeper.update(gradients(state));
  expect(told).toEqual([[4, copied(keeper.parametersOf(4))]]);
  keeper.adopt(9, state);
  expect(told).toHaveLength(1);
  await keeper.update(gradients(state));
  expect(told[1]).toEqual([10, copied(keeper.parametersOf(10))]);
});

test('lends parameters of any step to be measured, until others are lent or the step is over', async () => {
  const { keeper, state } = await open(9);
  const [one, two] = [filled(within('parameters', state), 1), filled(within('parameters', state), 2)];
  keeper.lend(3, one);
  expect(keeper.holds(3)).toBe(true);
  expect(keeper.parametersOf(3)).toEqual(one);
  expect(keeper.parametersOf(9)).toEqual(within('parameters', state));
  keeper.lend(4, two);
  expect([keeper.holds(3), keeper.holds(4)]).toEqual([false, true]);
  await keeper.update(gradients(state));
  expect(keeper.holds(4)).toBe(false);
  keeper.lend(4, two);
  keeper.adopt(11, state);
  expect(keeper.holds(4)).toBe(false);
});

test('what is lent lies in shared memory, where it lies already stays there', async () => {
  const { keeper, state } = await open(9);
  keeper.lend(3, within('parameters', state));
  for (const { buffer } of Object.values(keeper.parametersOf(3))) expect(buffer).toBeInstanceOf(SharedArrayBuffer);
  const resting = within('parameters', keeper.state());
  keeper.lend(3, resting);
  expect(Object.values(keeper.parametersOf(3))[0]).toBe(Object.values(resting)[0]);
});
