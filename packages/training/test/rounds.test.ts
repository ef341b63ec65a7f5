import { endOfRound, TaskRunner, type TrainingState, timelineOf } from '../dist/index.js';
import { difference } from './differences.ts';
import { movingState } from './moving-state.ts';
import { dataOf, models, openSession, optimizers, small } from './small-run.ts';

const ofReplicas = (replicas: number, given: Parameters<typeof small>[0] = {}) =>
  small({ replicas, localSteps: 4, ...given });

/** States that have moved, each differently. */
function several(state: TrainingState, replicas: number): TrainingState[] {
  return Array.from({ length: replicas }, (_, r) =>
    Object.fromEntries(
      Object.entries(state).map(([name, values]) => [
        name,
        values.map((value, i) => value * (1 + ((i + 3 * r) % 7) / 9)),
      ]),
    ),
  );
}

const meanOf = (states: readonly TrainingState[]) =>
  Object.fromEntries(
    Object.keys(states[0]!).map((name) => {
      const sums = Array.from(states[0]![name]!, (_, i) => states.reduce((sum, state) => sum + state[name]![i]!, 0));
      return [name, sums.map((sum) => sum / states.length)];
    }),
  );

const engines = (['onnx:cpu', 'tfjs:cpu', 'tfjs:wasm'] as const).flatMap((engine) =>
  [2, 3, 8].map((n) => [engine, n] as const),
);

test.each(engines)('on %s the average of %d replicas is that of 64-bit arithmetic', async (engine, replicas) => {
  const session = await openSession(engine, ofReplicas(replicas));
  const states = several(movingState(session), replicas);
  expect(difference(await session.average(states), meanOf(states))).toBeLessThan(1e-6);
});

test('the order of the replicas is that of the sum: another one rounds otherwise', async () => {
  const session = await openSession('onnx:cpu', ofReplicas(3));
  const states = several(movingState(session), 3);
  const average = await session.average(states);
  expect(await session.average(states)).toEqual(average);
  expect(await session.average(states.toReversed())).not.toEqual(average);
});

test('momentum that is reset begins each round at zero, while the parameters are averaged', async () => {
  const session = await openSession('onnx:cpu', ofReplicas(2, { momentumBetweenRounds: 'reset' }));
  const states = several(movingState(session), 2);
  const averaged = await session.average(states);
  const expected = Object.entries(meanOf(states)).map(
    ([name, values]) => [name, name.startsWith('velocity/') ? values.map(() => 0) : values] as const,
  );
  expect(difference(averaged, Object.fromEntries(expected))).toBeLessThan(1e-6);
});

test('without momentum the parameters are all there is to average', async () => {
  for (const momentumBetweenRounds of ['average', 'reset'] as const) {
    const definition = ofReplicas(2, { optimizer: optimizers.SGD!, momentumBetweenRounds });
    const session = await openSession('onnx:cpu', definition);
    const states = several(movingState(session), 2);
    expect(difference(await session.average(states), meanOf(states))).toBeLessThan(1e-6);
  }
});

test.each(Object.keys(models))('rounds of a single step move %s as one batch of all replicas does', async (model) => {
  const given = { model: models[model]!, optimizer: { ...optimizers.momentum!, l2: { '*': 0.01 } } };
  const together = await openSession('onnx:cpu', small({ ...given, batch: 24, shards: 4 }));
  const apart = await openSession('onnx:cpu', ofReplicas(2, given));
  const state = movingState(together);
  const expected = await together.advance(state, 7, 1);
  const replicas = [await apart.advance(state, 7, 1, 0), await apart.advance(state, 7, 1, 1)];
  const averaged = await apart.average(replicas.map((replica) => replica.state));
  // The same sums in another order: of gradients there, here of what they made of the parameters.
  expect(difference(averaged, expected.state)).toBeLessThan(1e-5);
  expect((replicas[0]!.losses[0]! + replicas[1]!.losses[0]!) / 2).toBeCloseTo(expected.losses[0]!, 5);
  expect(difference(replicas[0]!.state, replicas[1]!.state)).toBeGreaterThan(1e-3);
});

test('a round ends after so many steps, counted from the beginning of its epoch, and with the epoch', () => {
  const definition = small({ batch: 5, replicas: 2, localSteps: 4, epochs: 2 });
  const timeline = timelineOf(definition, 109);
  expect(timeline).toEqual({ stepsPerEpoch: 10, totalSteps: 20 });
  const ends = Array.from({ length: 20 }, (_, step) => endOfRound(definition, timeline, step));
  expect(ends.slice(0, 10)).toEqual([4, 4, 4, 4, 8, 8, 8, 8, 10, 10]);
  expect(ends.slice(10)).toEqual([14, 14, 14, 14, 18, 18, 18, 18, 20, 20]);
  expect(endOfRound({ ...definition, localSteps: 64 }, timeline, 3)).toBe(10);
  expect(endOfRound({ ...definition, localSteps: 1 }, timeline, 3)).toBe(4);
});

test('to one replica rounds mean nothing', () => {
  const definition = small({ replicas: 1, localSteps: 4 });
  expect(timelineOf(definition, 125)).toEqual(timelineOf(small(), 125));
  expect(endOfRound(definition, timelineOf(definition, 125), 5)).toBe(6);
});

test('what a replica has come to alone is not taken for the state that the next round begins with', async () => {
  const definition = ofReplicas(2);
  const session = await openSession('onnx:cpu', definition);
  const options = { engine: 'onnx:cpu', definition, dataSet: await dataOf(10), stepsPerCall: 2 } as const;
  const runner = await TaskRunner.open(options);
  const state = movingState(session);
  const first = { kind: 'advance', step: 0, numSteps: 4, replica: 1 } as const;
  const second = { ...first, step: 4 };
  expect(await runner.advance(first, state)).toEqual(await session.advance(state, 0, 4, 1));
  expect(await runner.advance(second, state)).toEqual(await session.advance(state, 4, 4, 1));
  await expect(runner.advance({ ...second, step: 8 }, undefined)).rejects.toThrow('without state');
});
