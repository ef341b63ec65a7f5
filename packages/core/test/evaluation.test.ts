import { gradientAlignment, outcome, predictedLabels, randomPoint } from '../dist/index.js';
import { arrayOf, labelsOf, relativeError, tf } from './tensors.ts';

const softmax = { loss: 'crossEntropy' } as const;
const logistic = { loss: 'softplus' } as const;

describe('outcome', () => {
  it('says for each example whether it is wrong, how sure the model is, and its loss', () => {
    const logits = tf.tensor2d([
      [Math.log(2), Math.log(3), Math.log(5)],
      [Math.log(6), Math.log(1), Math.log(3)],
    ]);
    const { wrong, confidence, loss } = outcome(softmax, logits, labelsOf([1, 0]));
    expect(arrayOf(wrong)).toEqual([1, 0]);
    expect(relativeError(arrayOf(confidence), [0.5, 0.6])).toBeLessThan(1e-6);
    expect(relativeError(arrayOf(loss), [-Math.log(0.3), -Math.log(0.6)])).toBeLessThan(1e-6);
  });

  it('takes one logit as two classes', () => {
    const logits = tf.tensor2d([[Math.log(4)], [-Math.log(3)], [Math.log(3)]]);
    const { wrong, confidence } = outcome(logistic, logits, labelsOf([1, 0, 0]));
    expect(arrayOf(wrong)).toEqual([0, 0, 1]);
    expect(relativeError(arrayOf(confidence), [0.8, 0.75, 0.75])).toBeLessThan(1e-6);
  });
});

describe('predictedLabels', () => {
  it('is int32, the lowest class where logits tie', () => {
    const labels = predictedLabels(
      softmax,
      tf.tensor2d([
        [1, 2, 2],
        [0, 0, 0],
        [0, 1, 9],
      ]),
    );
    expect(labels.dtype).toBe('int32');
    expect(arrayOf(labels)).toEqual([1, 0, 2]);
    expect(arrayOf(predictedLabels(logistic, tf.tensor2d([[0.1], [0], [-2]])))).toEqual([1, 0, 0]);
  });
});

describe('gradientAlignment', () => {
  it('is the cosine of the angle between two gradients, however small they are, and 0 where one is 0', () => {
    const one = tf.tensor2d([3, 4, 1e-25, 0, 1, 1, 0, 0], [4, 2]);
    const other = tf.tensor2d([4, 3, -1e-30, 0, -1, 1, 1, 2], [4, 2]);
    expect(relativeError(arrayOf(gradientAlignment(one, other)), [0.96, -1, 0, 0])).toBeLessThan(1e-6);
  });
});

describe('randomPoint', () => {
  it('moves each input by its part of epsilon, within the bounds', () => {
    const spec = { kind: 'random', norm: 'linf', epsilon: 0.2, clip: true, bounds: [0, 1] } as const;
    const x = tf.tensor2d([0.5, 0.5, 0.9, 0.1], [2, 2]);
    const start = tf.tensor2d([-0.5, 0.25, 1, -1], [2, 2]);
    expect(relativeError(arrayOf(randomPoint(x, start, { ...spec, bounds: [0, 1] })), [0.4, 0.55, 1, 0])).toBeLessThan(
      1e-6,
    );
    expect(
      relativeError(arrayOf(randomPoint(x, start, { ...spec, clip: false, bounds: [0, 1] })), [0.4, 0.55, 1.1, -0.1]),
    ).toBeLessThan(1e-6);
  });
});
