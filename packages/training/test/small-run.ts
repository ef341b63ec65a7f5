import type { AttackSpec, ModelSpec, OptimizerSpec } from '@sparring/core';
import { type DataSet, loadDataSet, Random } from '@sparring/data';
import type { EngineName } from '@sparring/engine';
import type { TrainingDefinition } from '../dist/definition.js';
import { initialState, type Parameters, TrainingSession, within } from '../dist/index.js';

const glorot = { kind: 'glorot' } as const;
const dropout = { inputKeep: 0.8, inputScale: 1, init: glorot } as const;

/** Every kind of model, small; hidden ones with dropout of the input and of their layers. */
export const models: Record<string, ModelSpec> = {
  softmax: { kind: 'softmax', init: glorot },
  logistic: { kind: 'logistic', init: glorot },
  relu: { kind: 'mlp', activation: 'relu', layers: [hidden(12), hidden(8)], ...dropout },
  sigmoid: { kind: 'mlp', activation: 'sigmoid', layers: [hidden(12)], ...dropout },
  tanh: { kind: 'mlp', activation: 'tanh', layers: [hidden(12)], ...dropout },
  maxout: {
    kind: 'maxout',
    layers: [
      { ...hidden(8), pieces: 3 },
      { ...hidden(6), pieces: 2 },
    ],
    ...dropout,
  },
  'maxout without dropout': {
    kind: 'maxout',
    layers: [{ units: 10, keep: 1, scale: 1, pieces: 4 }],
    ...{ inputKeep: 1, inputScale: 1, init: glorot },
  },
};

type Attack = TrainingDefinition['attack'];

const base: Attack = {
  ...{ kind: 'fgsm', norm: 'linf', epsilon: 0.2, stepSize: 0.2, iterations: 1, randomStart: false, clip: true },
  ...{ bounds: [0, 1], label: 'true', sameMasks: false },
};
const iterated = { kind: 'pgd', stepSize: 0.08, iterations: 3 } as const;

export const attacks: Record<string, Attack> = {
  FGSM: base,
  'FGSM, not clipped, the masks shared': { ...base, clip: false, sameMasks: true },
  'FGSM on the predicted label': { ...base, label: 'predicted' },
  'FGSM in L2': { ...base, norm: 'l2', epsilon: 1.5 },
  PGD: { ...base, ...iterated },
  'PGD from a random start on the predicted label': { ...base, ...iterated, randomStart: true, label: 'predicted' },
  'PGD in L2 from a random start, the masks shared': {
    ...{ ...base, ...iterated, norm: 'l2', epsilon: 1.5, stepSize: 0.6 },
    ...{ randomStart: true, sameMasks: true },
  },
};

const plain: OptimizerSpec = {
  learningRate: { kind: 'constant', value: 0.1 },
  momentum: { kind: 'constant', value: 0 },
  ...{ nesterov: false, l1: {}, l2: {}, maxColumnNorm: null },
};
const momentum = { kind: 'linear', from: 0.5, to: 0.9 } as const;

export const optimizers: Record<string, OptimizerSpec> = {
  SGD: plain,
  momentum: { ...plain, momentum },
  'Nesterov momentum': { ...plain, momentum, nesterov: true },
  'L1 decay': { ...plain, l1: { '*': 0.01, 'output/bias': 0.02 } },
  'L2 decay': { ...plain, l2: { '*': 0.01 } },
  'max column norm': { ...plain, maxColumnNorm: 0.9 },
  'all of it': { ...plain, momentum, nesterov: true, l1: { '*': 0.003 }, l2: { '*': 0.01 }, maxColumnNorm: 0.9 },
};

/** A definition with α = .3, two shards of six and dropout where the model has it; what is given is put in its place. */
export function small(given: Partial<TrainingDefinition> = {}): TrainingDefinition {
  return {
    ...{ seed: 5, model: models.maxout!, alpha: 0.3, attack: base, optimizer: optimizers.momentum! },
    ...{ batch: 12, shards: 2, staleness: 0, epochs: 3 },
    ...{ replicas: 1, localSteps: null, momentumBetweenRounds: 'average' },
    ...given,
  };
}

const loaded = new Map<number, Promise<DataSet>>();

/** 7 × 7 images of so many classes: 125 for training, 30 for validation, 40 for test. */
export function dataOf(classes: number): Promise<DataSet> {
  const synthetic = { train: 155, test: 40, classes, side: 7, noise: 0.3 };
  const data = loaded.get(classes) ?? loadDataSet({ set: 'synthetic', validation: 30, synthetic });
  loaded.set(classes, data);
  return data;
}

const opened: TrainingSession[] = [];

/** A session of a definition on an engine; it is closed after the test file. */
export async function openSession(engine: EngineName, definition: TrainingDefinition, stepsPerCall = 2) {
  const dataSet = await dataOf(definition.model.kind === 'logistic' ? 2 : 10);
  const session = await TrainingSession.open({ engine, definition, dataSet, stepsPerCall });
  opened.push(session);
  return session;
}

afterAll(async () => {
  for (const session of opened) await session.close();
});

/** Parameters some way from their start, biases included: what a few steps of training might have made of them. */
export function trainedParameters({ model, definition }: TrainingSession): Parameters {
  const random = new Random({ seed: 9, purpose: 'fingerprint', epoch: 0, step: 0, shard: 0 });
  const parameters = within('parameters', initialState(model, definition));
  return Object.fromEntries(
    Object.entries(parameters).map(([name, values]) => {
      const noise = random.normal(values.length);
      return [name, values.map((value, i) => value + 0.1 * noise[i]!)];
    }),
  );
}

/** An attack's specification as core takes it. */
export function specOf({ sameMasks: _, ...spec }: Attack): AttackSpec {
  return spec;
}

function hidden(units: number) {
  return { units, keep: 0.5, scale: 2 };
}
