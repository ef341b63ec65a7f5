import { loadDataSet } from '@sparring/data';
import {
  type NamedTensors,
  type RunSettings,
  subjectsOf,
  type Task,
  type TensorsReply,
  type WorkReply,
  type WorkResult,
} from '@sparring/protocol';
import { InProcessBus } from '@sparring/runtime';
import { initialState, TaskRunner, type TrainingDefinition, TrainingSession, within } from '@sparring/training';
import { createAttacker } from '../dist/index.js';

const definition: TrainingDefinition = {
  seed: 3,
  model: { kind: 'softmax', init: { kind: 'glorot' } },
  alpha: 0.3,
  attack: {
    ...{ kind: 'pgd', norm: 'linf', epsilon: 0.2, stepSize: 0.1, iterations: 3, randomStart: true, clip: true },
    ...{ bounds: [0, 1], label: 'predicted', sameMasks: false },
  },
  optimizer: {
    ...{ learningRate: { kind: 'constant', value: 0.1 }, momentum: { kind: 'constant', value: 0.5 } },
    ...{ nesterov: false, l1: {}, l2: {}, maxColumnNorm: null },
  },
  ...{ batch: 20, shards: 2, staleness: 1, epochs: 2 },
  ...{ replicas: 1, localSteps: null, momentumBetweenRounds: 'average' },
};

const subjects = subjectsOf('test');

test('an attacker computes attacks and probes on its thread, to the bit, from parameters that it hears or fetches once', async () => {
  const dataSet = await loadDataSet({
    ...{ set: 'synthetic', validation: 20 },
    synthetic: { train: 120, test: 20, classes: 10, side: 6, noise: 0.3 },
  });
  const options = { engine: 'onnx:cpu' as const, definition, dataSet, stepsPerCall: 1 };
  const session = await TrainingSession.open(options);
  const first = within('parameters', initialState(session.model, definition));
  await session.close();
  const second = Object.fromEntries(
    Object.entries(first).map(([name, values]) => [name, values.map((v) => v / 2 + 0.1)]),
  );
  const probed = { kind: 'probe', split: 'test', from: 0, to: 20, parametersStep: 2 } as const;
  const tasks: readonly Task[] = [
    { kind: 'attack', step: 2, shard: 0, parametersStep: 1 },
    { kind: 'attack', step: 2, shard: 1, parametersStep: 1 },
    { ...probed, attack: JSON.stringify(definition.attack) },
    { ...probed, attack: 'clean' },
  ];
  const settings: RunSettings = {
    ...{ run: 'test', term: 1, engine: options.engine, stepsPerCall: 1, dataChecksum: dataSet.checksum, data: '{}' },
    ...{ definition: JSON.stringify(definition), maxBodyBytes: 100_000, staleness: 1, replicas: 1 },
  };
  const bus = new InProcessBus();
  const fetched: number[] = [];
  const outcomes: WorkResult['outcome'][] = [];
  let given = 0;
  bus.serve(subjects.membership.settings, () => ({ kind: 'settings', settings }) as const);
  bus.serve(subjects.membership.join, () => ({ kind: 'welcome' }));
  bus.serve(subjects.work.ask, ({ role }): WorkReply => {
    expect(role).toBe('attacker');
    const task = tasks[given++];
    if (!task) return { kind: 'leave' };
    return { kind: 'lease', lease: { leaseId: `${given}`, term: 1, durationMs: 60_000, task } };
  });
  bus.serve(subjects.parameters.fetch, ({ step }) => {
    fetched.push(step);
    return whole(first);
  });
  for (const subject of Object.values(subjects.results)) {
    bus.serve(subject, ({ outcome }) => {
      outcomes.push(outcome);
      return 'accepted';
    });
  }
  const attacker = createAttacker({ bus, subjects, dataSetOf: async () => dataSet });
  await attacker.start();
  bus.publish(subjects.parameters.publish, { term: 1, step: 2, parameters: second });
  await attacker.finished;

  const runner = await TaskRunner.open(options);
  const expected = [];
  for (const task of tasks) {
    if (task.kind === 'attack') expected.push(await runner.attack(task, { parameters: first }));
    if (task.kind === 'probe') expected.push(await runner.probe(task, { parameters: second }));
  }
  expect(outcomes).toEqual(expected.map((output, i) => ({ kind: tasks[i]!.kind, output })));
  expect(fetched).toEqual([1]);
});

function whole(tensors: NamedTensors): TensorsReply {
  const entries = Object.entries(tensors);
  return {
    kind: 'part',
    layout: entries.map(([name, { length }]) => ({ name, elements: length })),
    slices: entries.map(([name, values]) => ({ name, from: 0, values })),
  };
}
