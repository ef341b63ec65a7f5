import { type DataSet, loadDataSet } from '@sparring/data';
import {
  type Lease,
  type Outputs,
  type RunSettings,
  subjectsOf,
  type Task,
  type WorkReply,
  type WorkResult,
} from '@sparring/protocol';
import { InProcessBus, type WorkLoop } from '@sparring/runtime';
import { initialState, TaskRunner, type TrainingDefinition, TrainingSession, within } from '@sparring/training';
import { createTrainer } from '../dist/index.js';

const definition: TrainingDefinition = {
  seed: 3,
  model: { kind: 'mlp', activation: 'relu', layers: [{ units: 6, keep: 0.5, scale: 2 }], ...input() },
  alpha: 0.3,
  attack: {
    ...{ kind: 'fgsm', norm: 'linf', epsilon: 0.2, stepSize: 0.2, iterations: 1, randomStart: false, clip: true },
    ...{ bounds: [0, 1], label: 'true', sameMasks: false },
  },
  optimizer: {
    ...{ learningRate: { kind: 'constant', value: 0.1 }, momentum: { kind: 'constant', value: 0.5 } },
    ...{ nesterov: false, l1: {}, l2: {}, maxColumnNorm: null },
  },
  ...{ batch: 20, shards: 2, staleness: 0, epochs: 2 },
  ...{ replicas: 1, localSteps: null, momentumBetweenRounds: 'average' },
};

function input() {
  return { inputKeep: 1, inputScale: 1, init: { kind: 'glorot' as const } };
}

const engine = 'onnx:cpu' as const;
const subjects = subjectsOf('test');
let dataSet: DataSet;
let trainer: WorkLoop;
let answers: Outputs[keyof Outputs][];
let tasks: { task: Task; inputs: Lease['inputs'] }[];

/** A coordinator that leases the given tasks in turn to a trainer. */
beforeAll(async () => {
  dataSet = await loadDataSet({
    ...{ set: 'synthetic', validation: 20 },
    synthetic: { train: 120, test: 20, classes: 10, side: 6, noise: 0.3 },
  });
  const session = await TrainingSession.open({ engine, definition, dataSet, stepsPerCall: 2 });
  const state = initialState(session.model, definition);
  await session.close();
  const parameters = within('parameters', state);
  const adversarial = { encoding: 'float32', examples: new Float32Array(10 * 36).fill(0.5) } as const;
  const probe = { kind: 'probe', split: 'validation', attack: 'clean', from: 0, to: 20, parametersStep: 0 } as const;
  tasks = [
    { task: { kind: 'pass', part: 'clean', step: 0, shard: 1 }, inputs: { parameters } },
    { task: { kind: 'attack', step: 0, shard: 1, parametersStep: 0 }, inputs: { parameters } },
    { task: { kind: 'pass', part: 'adversarial', step: 0, shard: 1 }, inputs: { parameters, adversarial } },
    { task: { kind: 'pass', part: 'whole', step: 0, shard: 0 }, inputs: { parameters } },
    { task: probe, inputs: { parameters } },
    { task: { kind: 'advance', step: 0, numSteps: 3 }, inputs: { state } },
    { task: { kind: 'advance', step: 3, numSteps: 2 }, inputs: {} },
  ];
  const settings: RunSettings = {
    ...{ run: 'test', term: 1, engine, stepsPerCall: 2, dataChecksum: dataSet.checksum, data: '{}' },
    definition: JSON.stringify(definition),
  };
  const bus = new InProcessBus();
  const results: WorkResult[] = [];
  let given = 0;
  bus.serve(subjects.membership.join, () => settings);
  bus.serve(subjects.work.ask, (): WorkReply => {
    const next = tasks[given++];
    if (!next) return { kind: 'leave' };
    return { kind: 'lease', lease: { leaseId: `${given}`, term: 1, durationMs: 60_000, ...next } };
  });
  bus.serve(subjects.work.return, (result) => {
    results.push(result);
    return 'accepted';
  });
  trainer = createTrainer({ bus, subjects, dataSetOf: async () => dataSet });
  await trainer.start();
  await trainer.finished;
  answers = results.map(({ outcome }) => {
    if (outcome.kind === 'failure') throw new Error(outcome.message);
    return outcome.output;
  });
});

afterAll(() => trainer.stop());

test('a trainer computes on its thread what every kind of task asks for, to the bit', async () => {
  const runner = await TaskRunner.open({ engine, definition, dataSet, stepsPerCall: 2 });
  const expected = [];
  for (const { task, inputs } of tasks) {
    if (task.kind === 'advance') expected.push(structuredClone(await runner.advance(task, inputs.state)));
    if (task.kind === 'pass') expected.push(await runner.pass(task, inputs));
    if (task.kind === 'attack') expected.push(await runner.attack(task, inputs));
    if (task.kind === 'probe') expected.push(await runner.probe(task, inputs));
  }
  expect(answers).toEqual(expected);
});

test('it goes on from the state that it keeps, where it is sent none', () => {
  const [, , , , , first, second] = answers as Outputs['advance'][];
  expect([first!.losses.length, second!.losses.length]).toEqual([3, 2]);
  expect(second!.state).not.toEqual(first!.state);
});
