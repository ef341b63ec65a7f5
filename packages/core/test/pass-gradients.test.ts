import { buildModel, inputGradient, type ModelSpec, passGradients } from '../dist/index.js';
import { finiteDifferences, referenceLoss } from './reference.ts';
import {
  arrayOf,
  labelsOf,
  masksOf,
  parametersOf,
  randomFrom,
  randomMasks,
  randomValues,
  relativeError,
  tf,
} from './tensors.ts';

const init = { kind: 'zeros' } as const;
const dropout = { inputKeep: 0.8, inputScale: 1, init };
const noDropout = { inputKeep: 1, inputScale: 1, init };
const kept = { keep: 1, scale: 1 };
const halved = { keep: 0.5, scale: 2 };

const cases: [string, ModelSpec][] = [
  ['softmax', { kind: 'softmax', init }],
  ['logistic', { kind: 'logistic', init }],
  ...(['relu', 'sigmoid', 'tanh'] as const).flatMap((activation): [string, ModelSpec][] => [
    [activation, { kind: 'mlp', activation, layers: [{ units: 5, ...kept }], ...noDropout }],
    [
      `${activation} with dropout`,
      {
        kind: 'mlp',
        activation,
        layers: [
          { units: 6, ...halved },
          { units: 5, keep: 0.7, scale: 1 },
        ],
        ...dropout,
      },
    ],
  ]),
  [
    'maxout',
    {
      kind: 'maxout',
      layers: [
        { units: 4, pieces: 3, ...kept },
        { units: 3, pieces: 2, ...kept },
      ],
      ...noDropout,
    },
  ],
  [
    'maxout with dropout',
    {
      kind: 'maxout',
      layers: [
        { units: 6, pieces: 3, ...halved },
        { units: 5, pieces: 2, ...halved },
      ],
      ...dropout,
    },
  ],
];

describe.each(cases)('%s', (_, spec) => {
  const inputSize = 7;
  const classes = spec.kind === 'logistic' ? 2 : 4;
  const batch = 5;
  const lossScale = 0.125;
  const model = buildModel(spec, { inputSize, classes });
  const random = randomFrom(7);
  const values = randomValues(model, random);
  const x = random.uniform(batch * inputSize, 0, 1);
  const labels = [...random.uniform(batch, 0, classes)].map(Math.floor);
  const masks = randomMasks(model, batch, random);
  const tensors = {
    parameters: parametersOf(model, values),
    x: tf.tensor2d(x, [batch, inputSize]),
    labels: labelsOf(labels),
    masks: masksOf(model, masks),
  };

  it.each([
    ['in training', true],
    ['in evaluation', false],
  ])('has the gradients of finite differences, for parameters and input, %s', (_when, training) => {
    const exact = Object.fromEntries(Object.entries(values).map(([name, v]) => [name, Float64Array.from(v)]));
    const reference = {
      inputSize,
      classes,
      x: Float64Array.from(x),
      labels,
      masks: training ? masks : undefined,
      lossScale,
    };
    const loss = () => referenceLoss(spec, exact, reference);
    const pass = passGradients(
      model,
      tensors.parameters,
      tensors.x,
      tensors.labels,
      training ? tensors.masks : undefined,
      lossScale,
    );

    expect(relativeError(arrayOf(pass.loss), [loss()])).toBeLessThan(1e-6);
    expect(Object.keys(pass.gradients)).toEqual(Object.keys(model.parameters).sort());
    for (const [name, gradient] of Object.entries(pass.gradients)) {
      expect(gradient.shape).toEqual(model.parameters[name]);
      expect(relativeError(arrayOf(gradient), finiteDifferences(loss, exact[name]!))).toBeLessThan(1e-6);
    }
    expect(relativeError(arrayOf(pass.inputGradient), finiteDifferences(loss, reference.x))).toBeLessThan(1e-6);
  });

  it('has the same input gradient alone, but for the scale', () => {
    const pass = passGradients(model, tensors.parameters, tensors.x, tensors.labels, tensors.masks, 1);
    const alone = inputGradient(model, tensors.parameters, tensors.x, tensors.labels, tensors.masks);
    expect(arrayOf(alone)).toEqual(arrayOf(pass.inputGradient));
  });
});

describe('passGradients', () => {
  const model = buildModel(
    { kind: 'maxout', layers: [{ units: 4, pieces: 3, ...kept }], ...noDropout },
    { inputSize: 6, classes: 3 },
  );
  const random = randomFrom(3);
  const parameters = parametersOf(model, randomValues(model, random));
  const x = tf.tensor2d(random.uniform(8 * 6, 0, 1), [8, 6]);
  const labels = labelsOf([0, 1, 2, 0, 1, 2, 0, 1]);

  it('adds up over shards when the loss is scaled by the global batch', () => {
    const whole = passGradients(model, parameters, x, labels, undefined, 1 / 8);
    const shards = [0, 4].map((from) =>
      passGradients(
        model,
        parameters,
        tf.slice(x, [from, 0], [4, 6]),
        tf.slice(labels, from, 4),
        undefined,
        tf.scalar(1 / 8),
      ),
    );
    for (const name of Object.keys(model.parameters)) {
      const sum = tf.add(shards[0]!.gradients[name]!, shards[1]!.gradients[name]!);
      expect(relativeError(arrayOf(sum), arrayOf(whole.gradients[name]!))).toBeLessThan(1e-6);
    }
  });

  it('gives the whole gradient to every maxout piece that ties', () => {
    const twin = buildModel(
      { kind: 'maxout', layers: [{ units: 1, pieces: 2, ...kept }], ...noDropout },
      { inputSize: 1, classes: 2 },
    );
    const tied = parametersOf(twin, {
      'hidden0/kernel': [3, 3],
      'hidden0/bias': [0, 0],
      'output/kernel': [1, -1],
      'output/bias': [0, 0],
    });
    const pass = passGradients(twin, tied, tf.tensor2d([[0]]), labelsOf([0]), undefined, 1);
    // h = 0, p = (½, ½), dL/dh = (p₀ − 1) · 1 + p₁ · (−1) = −1 for each piece; dL/dx = 2 · 3 · (−1)
    expect(arrayOf(pass.gradients['hidden0/bias']!)).toEqual([-1, -1]);
    expect(arrayOf(pass.inputGradient)).toEqual([-6]);
  });

  it('names the parameter that is missing', () => {
    const { 'hidden0/bias': _, ...rest } = parameters;
    expect(() => passGradients(model, rest, x, labels, undefined, 1)).toThrow('hidden0/bias: no such parameter');
  });

  it('leaves no tensor behind', () => {
    const before = tf.memory().numTensors;
    tf.tidy(() => void passGradients(model, parameters, x, labels, undefined, 1));
    expect(tf.memory().numTensors).toBe(before);
  });
});
