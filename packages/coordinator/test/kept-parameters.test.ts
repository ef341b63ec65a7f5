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
  /** As workers of the same process hear it: without a copy. */
  const heard = new Map<number, TrainingState>();
  const onUpdate = (at: number, parameters: TrainingState) => {
    told.push([at, copied(parameters)]);
    heard.set(at, parameters);
  };
  const keeper = new StateKeeper({ engine: 'onnx:cpu', definition, dataSet, stepsPerCall: 1 }, step, state, {
    onUpdate,
  });
  keepers.push(keeper);
  return { keeper, state, told, heard };
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

test('lends parameters of any step, which steps and rollbacks leave alone until all have given them back', async () => {
  const { keeper, state } = await open(9);
  const [one, two] = [filled(within('parameters', state), 1), filled(within('parameters', state), 2)];
  const giveBack = [keeper.lend(3, one), keeper.lend(3, one)];
  const other = keeper.lend(3, two, 1);
  const expectLent = () => {
    expect([keeper.holds(3), keeper.holds(3, 1), keeper.holds(4), keeper.holds(3, 2)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect([keeper.parametersOf(3, 0), keeper.parametersOf(3, 1)]).toEqual([one, two]);
  };
  expectLent();
  expect(keeper.parametersOf(9)).toEqual(within('parameters', state));
  await keeper.update(gradients(state));
  keeper.adopt(11, state);
  keeper.restore(state);
  expectLent();
  giveBack[0]!();
  giveBack[0]!();
  expectLent();
  giveBack[1]!();
  expect([keeper.holds(3), keeper.holds(3, 1)]).toEqual([false, true]);
  other();
  expect(keeper.holds(3, 1)).toBe(false);
});

test('what is lent stays as it is while the memory of other steps is used again, also where it was heard', async () => {
  const { keeper, state, heard } = await open(9);
  const stays = copied(keeper.state());
  const resting = keeper.state();
  for (let i = 0; i < 2; i++) await keeper.update(gradients(state));
  const giveBack = keeper.lend(11, copied(keeper.parametersOf(11)));
  const lent = copied(keeper.parametersOf(11));
  for (let i = 0; i < 6; i++) await keeper.update(gradients(state));
  expect(heard.get(11)).toEqual(lent);
  expect(keeper.parametersOf(11)).toEqual(lent);
  // A checkpoint that waits to be written may hold it.
  expect(resting).toEqual(stays);
  giveBack();
});

test('a rollback restores the state under the same step, and is of another line from then on', async () => {
  const { keeper, state, told } = await open(9);
  const good = keeper.state();
  await keeper.update(gradients(state));
  expect(keeper.lineage).toEqual({});
  keeper.restore(good);
  expect([keeper.step, keeper.rollbacks, keeper.lineage]).toEqual([10, 1, { rollbacks: 1 }]);
  expect(keeper.state()).toEqual(good);
  expect([7, 8, 9, 10].map((step) => [keeper.holds(step), keeper.holds(step, 1)])).toEqual([
    [false, false],
    [false, true],
    [false, true],
    [false, true],
  ]);
  await keeper.update(gradients(state));
  expect(told.map(([step]) => step)).toEqual([10, 11]);
});

test('what is lent lies in shared memory, where it lies already stays there', async () => {
  const { keeper, state } = await open(9);
  keeper.lend(3, within('parameters', state));
  for (const { buffer } of Object.values(keeper.parametersOf(3))) expect(buffer).toBeInstanceOf(SharedArrayBuffer);
  const resting = within('parameters', keeper.state());
  keeper.lend(4, resting);
  expect(Object.values(keeper.parametersOf(4))[0]).toBe(Object.values(resting)[0]);
});
