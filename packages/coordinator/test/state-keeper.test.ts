import type { DataSet } from '@sparring/data';
import { initialState, type StepGradients, type TrainingDefinition, TrainingSession, within } from '@sparring/training';
import { StateKeeper } from '../dist/training/state-keeper.js';
import { smallData } from './small-data.ts';
import { smallDefinition } from './small-definition.ts';

const engine = 'onnx:cpu' as const;
let dataSet: DataSet;
const closing: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  dataSet = await smallData();
});

afterAll(async () => {
  for (const resource of closing) await resource.close();
});

/** A keeper at a step, and a session that computes what it should keep. */
async function open(given: Partial<TrainingDefinition>, step = 0) {
  const definition = smallDefinition(given);
  const options = { engine, definition, dataSet, stepsPerCall: 1 };
  const session = await TrainingSession.open(options);
  const state = initialState(session.model, definition);
  const keeper = new StateKeeper(options, step, state);
  closing.push(session, keeper);
  return { session, keeper, state };
}

async function gradientsAt(session: TrainingSession, keeper: StateKeeper): Promise<StepGradients> {
  const parameters = copied(keeper.parametersOf(keeper.step));
  const shards = Array.from({ length: session.definition.shards }, (_, shard) => shard);
  const clean = await Promise.all(shards.map((shard) => session.pass('clean', parameters, keeper.step, shard)));
  return { parts: 'whole', whole: clean.map(({ gradients }) => gradients) };
}

function copied(tensors: Record<string, Float32Array>): Record<string, Float32Array> {
  return Object.fromEntries(Object.entries(tensors).map(([name, values]) => [name, new Float32Array(values)]));
}

test('what rests lies in shared memory, so that threads read it where it is', async () => {
  const { keeper, state } = await open({});
  expect(await keeper.state()).toEqual(state);
  const buffers = Object.values(await keeper.state()).map(({ buffer }) => buffer);
  expect(buffers.every((buffer) => buffer instanceof SharedArrayBuffer)).toBe(true);
  expect(keeper.parametersOf(0)).toEqual(within('parameters', state));
});

test('keeps the parameters of as many steps as attacks are stale, through updates and advances', async () => {
  const { session, keeper } = await open({ staleness: 2 });
  let expected = await keeper.state();
  const past = [copied(keeper.parametersOf(0))];
  const expectPast = () => {
    for (let age = 0; age <= 2; age++) {
      expect(keeper.parametersOf(keeper.step - age)).toEqual(past[Math.max(0, keeper.step - age)]);
    }
  };
  for (let step = 0; step < 4; step++) {
    const gradients = await gradientsAt(session, keeper);
    expected = await session.update(copied(expected), step, structuredClone(gradients));
    await keeper.update(gradients);
    past.push(within('parameters', expected));
    expectPast();
  }
  expect(await keeper.state()).toEqual(expected);
  expect(keeper.updateMs).toBeGreaterThan(0);

  // A lone trainer advances, then several exchange gradients again.
  const advanced = await session.advance(copied(expected), 4, 2);
  const between = await session.advance(copied(expected), 4, 1);
  keeper.adopt(6, advanced.state);
  past.push(within('parameters', between.state), within('parameters', advanced.state));
  expectPast();
  const gradients = await gradientsAt(session, keeper);
  expected = await session.update(copied(advanced.state), 6, structuredClone(gradients));
  await keeper.update(gradients);
  past.push(within('parameters', expected));
  expectPast();
  expect(await keeper.state()).toEqual(expected);
});

test('goes on from any step also without an adversary, whose staleness means nothing', async () => {
  const { session, keeper } = await open({ alpha: 1, staleness: 2 }, 3);
  let expected = await keeper.state();
  for (let step = 3; step < 7; step++) {
    const gradients = await gradientsAt(session, keeper);
    expected = await session.update(copied(expected), step, structuredClone(gradients));
    await keeper.update(gradients);
  }
  expect(await keeper.state()).toEqual(expected);
});

test('goes a round further by the average of its replicas, whose memory it gives back', async () => {
  const { session, keeper, state } = await open({ replicas: 2, localSteps: 3 });
  const replicas = [await session.advance(state, 0, 3, 0), await session.advance(state, 0, 3, 1)].map(
    ({ state }) => state,
  );
  const expected = await session.average(replicas.map(copied));
  await keeper.average(3, replicas);
  expect(keeper.step).toBe(3);
  expect(keeper.state()).toEqual(expected);
  expect(keeper.parametersOf(3)).toEqual(within('parameters', expected));
  expect(replicas.flatMap((replica) => Object.values(replica)).every(({ length }) => length === 0)).toBe(true);
  expect(keeper.updateMs).toBeGreaterThan(0);
});
