import { type DataSet, loadDataSet } from '@sparring/data';
import {
  type AdversarialBatch,
  type NamedTensors,
  type Outputs,
  type RunSettings,
  subjectsOf,
  type Task,
  type TensorsReply,
  type WorkReply,
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
let state: NamedTensors;
let trainer: WorkLoop;
let fetched: string[];
let answers: Outputs[keyof Outputs][];

const adversarial: AdversarialBatch = { encoding: 'float32', examples: new Float32Array(10 * 36).fill(0.5) };
const probe = { kind: 'probe', split: 'validation', attack: 'clean', from: 0, to: 20, parametersStep: 0 } as const;
const tasks: readonly { task: Task; adversarial?: AdversarialBatch }[] = [
  { task: { kind: 'pass', part: 'clean', step: 0, shard: 1 } },
  { task: { kind: 'attack', step: 0, shard: 1, parametersStep: 0 } },
  { task: { kind: 'pass', part: 'adversarial', step: 0, shard: 1 }, adversarial },
  { task: { kind: 'pass', part: 'whole', step: 0, shard: 0 } },
  { task: probe },
  { task: { kind: 'advance', step: 0, numSteps: 3, replica: 0 } },
  { task: { kind: 'advance', step: 3, numSteps: 2, replica: 0 } },
  { task: { kind: 'pass', part: 'whole', step: 5, shard: 0 } },
];

/** A coordinator that leases the given tasks in turn to a trainer, and hands out the state of step 0. */
beforeAll(async () => {
  dataSet = await loadDataSet({
    ...{ set: 'synthetic', validation: 20 },
    synthetic: { train: 120, test: 20, classes: 10, side: 6, noise: 0.3 },
  });
  const session = await TrainingSession.open({ engine, definition, dataSet, stepsPerCall: 2 });
  state = initialState(session.model, definition);
  await session.close();
  const settings: RunSettings = {
    ...{ run: 'test', term: 1, engine, stepsPerCall: 2, dataChecksum: dataSet.checksum, data: '{}' },
    ...{ definition: JSON.stringify(definition), maxBodyBytes: 100_000, staleness: 0, replicas: 1 },
  };
  const bus = new InProcessBus();
  fetched = [];
  answers = [];
  let given = 0;
  bus.serve(subjects.membership.settings, () => ({ kind: 'settings', settings }) as const);
  bus.serve(subjects.membership.join, ({ role, qualification }) => {
    expect(role).toBe('trainer');
    expect(qualification.dataChecksum).toBe(dataSet.checksum);
    return { kind: 'welcome' };
  });
  bus.serve(subjects.work.ask, (): WorkReply => {
    const next = tasks[given++];
    if (!next) return { kind: 'leave' };
    return { kind: 'lease', lease: { leaseId: `${given}`, term: 1, durationMs: 60_000, ...next } };
  });
  bus.serve(subjects.parameters.fetch, ({ what, step }) => {
    fetched.push(`${what} ${step}`);
    return whole(what === 'state' ? state : within('parameters', state));
  });
  for (const subject of Object.values(subjects.results)) {
    bus.serve(subject, ({ outcome }) => {
      if (outcome.kind === 'failure') throw new Error(outcome.message);
      answers.push(outcome.output);
      return 'accepted';
    });
  }
  trainer = createTrainer({ bus, subjects, dataSetOf: async () => dataSet });
  await trainer.start();
  await trainer.finished;
});

afterAll(() => trainer.stop());

test('a trainer computes on its thread what every kind of task asks for, to the bit', async () => {
  const runner = await TaskRunner.open({ engine, definition, dataSet, stepsPerCall: 2 });
  const parameters = within('parameters', state);
  const expected = [];
  for (const { task, ...inputs } of tasks) {
    const first = 'step' in task && task.step > 0 ? {} : { parameters };
    if (task.kind === 'advance') {
      expected.push(structuredClone(await runner.advance(task, task.step === 0 ? state : undefined)));
    }
    if (task.kind === 'pass') expected.push(await runner.pass(task, { ...first, ...inputs }));
    if (task.kind === 'attack') expected.push(await runner.attack(task, first));
    if (task.kind === 'probe') expected.push(await runner.probe(task, first));
  }
  expect(answers).toEqual(expected);
});

test('it fetches what it reads once, and goes on from the state that it keeps', () => {
  expect(fetched).toEqual(['parameters 0', 'state 0']);
  const [first, second] = answers.slice(5) as Outputs['advance'][];
  expect([first!.losses.length, second!.losses.length]).toEqual([3, 2]);
  expect(second!.state).not.toEqual(first!.state);
});

function whole(tensors: NamedTensors): TensorsReply {
  const entries = Object.entries(tensors);
  return {
    kind: 'part',
    layout: entries.map(([name, { length }]) => ({ name, elements: length })),
    slices: entries.map(([name, values]) => ({ name, from: 0, values })),
  };
}
