import type { Lease, Outputs } from '@sparring/protocol';
import { initialState, loadModel, type TrainingDefinition, timelineOf } from '@sparring/training';
import { Rounds } from '../dist/training/rounds.js';
import { StateKeeper } from '../dist/training/state-keeper.js';
import { smallData } from './small-data.ts';
import { smallDefinition } from './small-definition.ts';
import { openDesk } from './worker-at-desk.ts';

/** Two replicas of a small run: five steps an epoch of 100 examples, in rounds of three and two. */
async function open(given: Partial<TrainingDefinition> = {}) {
  const definition = smallDefinition({ batch: 10, replicas: 2, localSteps: 3, ...given });
  const dataSet = await smallData();
  const model = await loadModel(definition.model, dataSet);
  const initial = initialState(model, definition);
  const keeper = new StateKeeper({ engine: 'onnx:cpu', definition, dataSet, stepsPerCall: 1 }, 0, initial);
  closing.push(keeper);
  const office = openDesk();
  const rounds = new Rounds(office.desk, keeper, definition, timelineOf(definition, dataSet.train.size));
  /** A state that is this number everywhere, and losses that begin with it. */
  const reached = (value: number, { task }: Lease): Outputs['advance'] => ({
    state: Object.fromEntries(Object.entries(initial).map(([name, values]) => [name, values.map(() => value)])),
    losses: Array.from({ length: task.kind === 'advance' ? task.numSteps : 0 }, (_, i) => value + i),
  });
  return { ...office, keeper, rounds, reached };
}

const closing: StateKeeper[] = [];
afterAll(async () => {
  for (const keeper of closing) await keeper.close();
});

/** All numbers of a state that is the same everywhere. */
const valuesOf = (keeper: StateKeeper) => [...new Set(Object.values(keeper.state()).flatMap((values) => [...values]))];

test('every replica is one task, and the run goes on from their average, in the order of the replicas whoever came first', async () => {
  const { rounds, hire, keeper, reached } = await open();
  const taken = rounds.take();
  const [one, two] = [hire('trainer'), hire('trainer')];
  const [first, second] = [(await one.ask())!, (await two.ask())!];
  expect([first.task, second.task]).toEqual(
    [0, 1].map((replica) => ({ kind: 'advance', step: 0, numSteps: 3, replica })),
  );
  two.give(second, reached(4, second));
  one.give(first, reached(1, first));
  expect(await taken).toEqual([2.5, 3.5, 4.5]);
  expect(keeper.step).toBe(3);
  expect(valuesOf(keeper)).toEqual([2.5]);
});

test('a round ends with its epoch, and the next one begins there', async () => {
  const { rounds, hire, keeper, reached } = await open();
  const trainer = hire('trainer');
  const numSteps: number[] = [];
  for (let round = 0; round < 3; round++) {
    const taken = rounds.take();
    for (let replica = 0; replica < 2; replica++) {
      const lease = (await trainer.ask())!;
      trainer.give(lease, reached(round, lease));
    }
    numSteps.push((await taken).length);
  }
  expect(numSteps).toEqual([3, 2, 3]);
  expect(keeper.step).toBe(8);
});

test('a replica whose trainer is gone is leased again, the others are not', async () => {
  const { rounds, hire, ledger, reached } = await open();
  const taken = rounds.take();
  const [dying, other] = [hire('trainer'), hire('trainer')];
  const lost = (await dying.ask())!;
  const kept = (await other.ask())!;
  dying.leave();
  other.give(kept, reached(3, kept));
  const again = (await other.ask())!;
  expect(again.task).toEqual(lost.task);
  other.give(again, reached(1, again));
  expect(await taken).toEqual([2, 3, 4]);
  expect(ledger.releases).toBe(1);
});

test('attackers have no part in a round', async () => {
  const { rounds, hire, desk } = await open();
  rounds.take().catch(() => {});
  const asked = hire('attacker').ask();
  await new Promise((resolve) => setImmediate(resolve)); // whatever could be matched is
  desk.close();
  expect(await asked).toBeNull();
});
