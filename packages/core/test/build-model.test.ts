import { buildModel, type ModelSpec } from '../dist/index.js';
import { arrayOf, parametersOf, randomFrom, relativeError, tf } from './tensors.ts';

const data = { inputSize: 784, classes: 10 };
const recipe: Extract<ModelSpec, { kind: 'maxout' }> = {
  kind: 'maxout',
  layers: [
    { units: 240, pieces: 5, keep: 0.5, scale: 2 },
    { units: 240, pieces: 5, keep: 0.5, scale: 2 },
  ],
  inputKeep: 0.8,
  inputScale: 1,
  init: { kind: 'uniform', range: 0.005 },
};
const small = { ...recipe, layers: [{ units: 2, pieces: 3, keep: 1, scale: 1 }], inputKeep: 1 };

describe('buildModel', () => {
  it('gives the paper’s maxout net its parameters and masks', () => {
    const model = buildModel(recipe, data);
    expect(model.parameters).toEqual({
      'hidden0/kernel': [784, 1200],
      'hidden0/bias': [1200],
      'hidden1/kernel': [240, 1200],
      'hidden1/bias': [1200],
      'output/kernel': [240, 10],
      'output/bias': [10],
    });
    expect(model.dropout).toEqual([
      { name: 'input', size: 784, keep: 0.8, scale: 1 },
      { name: 'hidden0', size: 240, keep: 0.5, scale: 2 },
      { name: 'hidden1', size: 240, keep: 0.5, scale: 2 },
    ]);
  });

  it('starts kernels uniformly in ±range and biases at 0, the same for the same random numbers', () => {
    const model = buildModel(recipe, data);
    const values = model.initialize(randomFrom(1));
    const kernel = values['hidden0/kernel']!;
    const spread = kernel.reduce((most, k) => Math.max(most, Math.abs(k)), 0);
    expect(spread).toBeLessThanOrEqual(Math.fround(0.005));
    expect(spread).toBeGreaterThan(0.00499);
    expect(values['hidden0/bias']!.every((b) => b === 0)).toBe(true);
    const tiny = buildModel(small, { inputSize: 4, classes: 2 });
    expect(tiny.initialize(randomFrom(1))).toEqual(tiny.initialize(randomFrom(1)));
  });

  it('starts glorot kernels in ±√(6 / (in + units)), whatever the pieces', () => {
    const values = buildModel({ ...recipe, init: { kind: 'glorot' } }, data).initialize(randomFrom(2));
    const spread = values['hidden0/kernel']!.reduce((most, k) => Math.max(most, Math.abs(k)), 0);
    expect(spread / Math.sqrt(6 / (784 + 240))).toBeCloseTo(1, 3);
  });

  it('keeps maxout pieces-major: column p · units + u is piece p of unit u', () => {
    const model = buildModel(small, { inputSize: 1, classes: 2 });
    const parameters = parametersOf(model, {
      'hidden0/kernel': [1, 40, 2, 30, 3, 20], // unit 0: 1, 2, 3; unit 1: 40, 30, 20
      'hidden0/bias': [0, 0, 0, 0, 0, 0],
      'output/kernel': [1, 0, 0, 1],
      'output/bias': [0, 0],
    });
    expect(arrayOf(model.logits(parameters, tf.tensor2d([[1]])))).toEqual([3, 40]);
    expect(arrayOf(model.logits(parameters, tf.tensor2d([[-1]])))).toEqual([-1, -20]);
  });

  it('multiplies by mask · scale in training and by nothing in evaluation', () => {
    const spec: ModelSpec = {
      kind: 'mlp',
      activation: 'relu',
      layers: [{ units: 2, keep: 0.5, scale: 2 }],
      inputKeep: 0.8,
      inputScale: 1,
      init: { kind: 'zeros' },
    };
    const model = buildModel(spec, { inputSize: 2, classes: 2 });
    const identity = [1, 0, 0, 1];
    const parameters = parametersOf(model, {
      'hidden0/kernel': identity,
      'hidden0/bias': [0, 0],
      'output/kernel': identity,
      'output/bias': [0, 0],
    });
    const x = tf.tensor2d([[3, 5]]);
    const masks = { input: tf.tensor2d([[1, 0]]), hidden0: tf.tensor2d([[1, 1]]) };
    expect(arrayOf(model.logits(parameters, x, masks))).toEqual([6, 0]);
    expect(arrayOf(model.logits(parameters, x))).toEqual([3, 5]);
  });

  it('gives logistic regression one logit', () => {
    const model = buildModel({ kind: 'logistic', init: { kind: 'zeros' } }, { inputSize: 3, classes: 2 });
    const parameters = parametersOf(model, { 'output/kernel': [1, 2, 3], 'output/bias': [0.5] });
    const logits = model.logits(
      parameters,
      tf.tensor2d([
        [1, 1, 1],
        [0, 0, 1],
      ]),
    );
    expect(logits.shape).toEqual([2, 1]);
    expect(relativeError(arrayOf(logits), [6.5, 3.5])).toBeLessThan(1e-6);
  });

  it.each<[string, ModelSpec, string]>([
    [
      'logistic regression on ten classes',
      { kind: 'logistic', init: { kind: 'zeros' } },
      'logistic: expected data of 2 classes, got 10',
    ],
    [
      'no units',
      { ...recipe, layers: [{ units: 0, pieces: 5, keep: 1, scale: 1 }] },
      'hidden0: units: expected a whole number above 0, got 0',
    ],
    [
      'half a piece',
      { ...recipe, layers: [{ units: 3, pieces: 0.5, keep: 1, scale: 1 }] },
      'hidden0: pieces: expected a whole number above 0, got 0.5',
    ],
    ['keeping nothing', { ...recipe, inputKeep: 0 }, 'input: keep is a probability above 0, up to 1, got 0'],
    ['rescaling what is all kept', { ...recipe, inputKeep: 1, inputScale: 1.25 }, 'input: scale 1.25 with keep 1'],
    [
      'a negative range',
      { ...recipe, init: { kind: 'uniform', range: -1 } },
      'init: uniform takes a range of 0 or more, got -1',
    ],
  ])('refuses %s', (_, spec, message) => {
    expect(() => buildModel(spec, data)).toThrow(message);
  });

  it('names the parameter, input or mask that does not fit', () => {
    const model = buildModel({ ...small, inputKeep: 0.5 }, { inputSize: 2, classes: 2 });
    const parameters = parametersOf(model, model.initialize(randomFrom(1)));
    const x = tf.zeros<tf.Rank.R2>([4, 2]);
    const { 'output/bias': _, ...rest } = parameters;
    expect(() => model.logits(rest, x)).toThrow('output/bias: no such parameter, got hidden0/kernel');
    expect(() => model.logits({ ...parameters, 'output/kernel': tf.zeros([2, 3]) }, x)).toThrow(
      'output/kernel: expected [2, 2], got [2, 3]',
    );
    expect(() => model.logits(parameters, tf.zeros([4, 3]))).toThrow('x: expected [B, 2], got [4, 3]');
    expect(() => model.logits(parameters, x, {})).toThrow("dropout 'input': no such mask, got none");
    expect(() => model.logits(parameters, x, { input: tf.ones([1, 2]) })).toThrow(
      "dropout 'input': expected a mask [4, 2], got [1, 2]",
    );
  });
});
