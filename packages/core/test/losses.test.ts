import { buildModel, exampleLosses, inputGradient, passGradients } from '../dist/index.js';
import { arrayOf, labelsOf, parametersOf, relativeError, tf } from './tensors.ts';

const init = { kind: 'zeros' } as const;
const softmax = buildModel({ kind: 'softmax', init }, { inputSize: 3, classes: 3 });
const logistic = buildModel({ kind: 'logistic', init }, { inputSize: 2, classes: 2 });

describe('cross-entropy', () => {
  it('is −log of the true class’s probability', () => {
    const logits = tf.tensor2d([[Math.log(2), Math.log(3), Math.log(5)]]);
    expect(relativeError(arrayOf(exampleLosses(softmax, logits, labelsOf([1]))), [-Math.log(0.3)])).toBeLessThan(1e-6);
  });

  it('stays finite for logits of ±1e4', () => {
    const losses = exampleLosses(
      softmax,
      tf.tensor2d([
        [1e4, -1e4, 0],
        [1e4, -1e4, 0],
      ]),
      labelsOf([0, 1]),
    );
    expect(arrayOf(losses)).toEqual([0, 2e4]);
  });

  it('keeps the true class in the gradient of an example that float32 is certain of', () => {
    // With identity weights ∇x is p − onehot. p₁ = p₂ = e⁻⁴⁰, and p₀ rounds to 1, so that p₀ − 1 would be 0.
    const parameters = parametersOf(softmax, {
      'output/kernel': [1, 0, 0, 0, 1, 0, 0, 0, 1],
      'output/bias': [0, 0, 0],
    });
    const gradient = arrayOf(inputGradient(softmax, parameters, tf.tensor2d([[40, 0, 0]]), labelsOf([0]), undefined));
    const p = Math.exp(-40);
    expect(relativeError(gradient, [-2 * p, p, p])).toBeLessThan(1e-5);
  });
});

describe('softplus loss', () => {
  it('is log(1 + exp(−yz)) with y = −1, +1 for labels 0, 1', () => {
    const losses = exampleLosses(logistic, tf.tensor2d([[2], [2], [-3]]), labelsOf([0, 1, 1]));
    const expected = [2, -2, 3].map((u) => Math.log1p(Math.exp(u)));
    expect(relativeError(arrayOf(losses), expected)).toBeLessThan(1e-6);
  });

  it('keeps the gradient of an example that float32 is certain of', () => {
    const parameters = parametersOf(logistic, { 'output/kernel': [1, -2], 'output/bias': [30] });
    const gradient = inputGradient(logistic, parameters, tf.tensor2d([[0, 0]]), labelsOf([1]), undefined);
    const slope = -1 / (1 + Math.exp(30));
    expect(relativeError(arrayOf(gradient), [slope, -2 * slope])).toBeLessThan(1e-5);
  });

  it('has slope −y where the example is certainly wrong', () => {
    const parameters = parametersOf(logistic, { 'output/kernel': [1, -2], 'output/bias': [500] });
    const pass = passGradients(logistic, parameters, tf.tensor2d([[0, 0]]), labelsOf([0]), undefined, 1);
    expect(arrayOf(pass.loss)).toEqual([500]);
    expect(arrayOf(pass.inputGradient)).toEqual([1, -2]);
  });
});
