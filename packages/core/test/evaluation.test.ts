import { outcome, predictedLabels } from '../dist/index.js';
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
