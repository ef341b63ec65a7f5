import { loadDataSet } from '@sparring/data';
import {
  type Lease,
  type RunSettings,
  subjectsOf,
  type Task,
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

test('an attacker computes attacks and probes on its thread, to the bit, from parameters that it is sent once or again', async () => {
  const dataSet = await loadDataSet({
    ...{ set: 'synthetic', validation: 20 },
    synthetic: { train: 120, test: 20, classes: 10, side: 6, noise: 0.3 },
  });
  const options = { engine: 'onnx:cpu' as const, definition, dataSet, stepsPerCall: 1 };
  const session = await TrainingSession.open(options);
  const parameters = within('parameters', initialState(session.model, definition));
  const { attack } = definition;
  const probed = { kind: 'probe', split: 'test', from: 0, to: 20, parametersStep: 2 } as const;
  const tasks: { task: Task; inputs: Lease['inputs'] }[] = [
    { task: { kind: 'attack', step: 2, shard: 0, parametersStep: 1 }, inputs: { parameters } },
    { task: { kind: 'attack', step: 2, shard: 1, parametersStep: 1 }, inputs: {} },
    { task: { ...probed, attack: JSON.stringify(attack) }, inputs: { parameters } },
    { task: { ...probed, attack: 'clean' }, inputs: { parameters } },
  ];
  const settings: RunSettings = {
    ...{ run: 'test', term: 1, engine: options.engine, stepsPerCall: 1, dataChecksum: dataSet.checksum, data: '{}' },
    definition: JSON.stringify(definition),
  };
  const bus = new InProcessBus();
  const results: WorkResult[] = [];
  let given = 0;
  bus.serve(subjects.membership.join, () => settings);
  bus.serve(subjects.work.ask, ({ role }): WorkReply => {
    expect(role).toBe('attacker');
    const next = tasks[given++];
    if (!next) return { kind: 'leave' };
    return { kind: 'lease', lease: { leaseId: `${given}`, term: 1, durationMs: 60_000, ...next } };
  });
  bus.serve(subjects.work.return, (result) => {
    results.push(result);
    return 'accepted';
  });
  const attacker = createAttacker({ bus, subjects, dataSetOf: async () => dataSet });
  await attacker.start();
  await attacker.finished;

  const runner = await TaskRunner.open(options);
  const expected = [];
  for (const { task, inputs } of tasks) {
    if (task.kind === 'attack') expected.push(await runner.attack(task, inputs));
    if (task.kind === 'probe') expected.push(await runner.probe(task, inputs));
  }
  expect(results.map(({ outcome }) => outcome)).toEqual(expected.map((output) => ({ kind: 'output', output })));
  await session.close();
});
