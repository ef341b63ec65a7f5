import { hasVelocity, limitColumnNorm, type OptimizerSpec, update } from '../dist/index.js';
import { arrayOf, relativeError, type Tensors, tf } from './tensors.ts';

const plain: OptimizerSpec = {
  learningRate: { kind: 'constant', value: 0.1 },
  momentum: { kind: 'constant', value: 0.9 },
  nesterov: false,
  l1: {},
  l2: {},
  maxColumnNorm: null,
};
const parameters: Tensors = {
  'output/kernel': tf.tensor2d([
    [1, -2],
    [0, 4],
  ]),
  'output/bias': tf.tensor1d([1, -1]),
};
const velocity: Tensors = {
  'output/kernel': tf.tensor2d([
    [10, 0],
    [0, -10],
  ]),
  'output/bias': tf.tensor1d([1, 2]),
};
const gradients: Tensors = {
  'output/kernel': tf.tensor2d([
    [1, 2],
    [3, 4],
  ]),
  'output/bias': tf.tensor1d([5, 6]),
};
const step = (spec: Partial<OptimizerSpec>, lr = 0.1, m = 0.5, from = parameters) =>
  update({ ...plain, ...spec }, from, velocity, gradients, tf.scalar(lr), tf.scalar(m));

function expectNear(tensor: tf.Tensor | undefined, expected: number[]): void {
  expect(relativeError(arrayOf(tensor!), expected)).toBeLessThan(1e-6);
}

describe('update', () => {
  it('moves by v = m·v − lr·g with classical momentum', () => {
    const moved = step({});
    expectNear(moved.velocity['output/kernel'], [4.9, -0.2, -0.3, -5.4]);
    expectNear(moved.parameters['output/kernel'], [5.9, -2.2, -0.3, -1.4]);
    expectNear(moved.velocity['output/bias'], [0, 0.4]);
    expectNear(moved.parameters['output/bias'], [1, -0.6]);
  });

  it('moves by m·v − lr·g with the new v with Nesterov momentum', () => {
    const moved = step({ nesterov: true });
    expectNear(moved.velocity['output/kernel'], [4.9, -0.2, -0.3, -5.4]);
    expectNear(moved.parameters['output/kernel'], [3.35, -2.3, -0.45, 0.9]);
  });

  it('has no velocity where the momentum is always 0', () => {
    const momentum = { kind: 'constant', value: 0 } as const;
    const moved = update({ ...plain, momentum }, parameters, {}, gradients, tf.scalar(0.1), tf.scalar(0));
    expect(hasVelocity({ ...plain, momentum })).toBe(false);
    expect(moved.velocity).toEqual({});
    expectNear(moved.parameters['output/bias'], [0.5, -1.6]);
  });

  it('adds l1 · sign(p) and 2 · l2 · p to the gradient of kernels, and of biases only where named', () => {
    const l1 = step({ l1: { '*': 2 } }, 1, 0);
    expectNear(l1.velocity['output/kernel'], [-3, 0, -3, -6]);
    expectNear(l1.velocity['output/bias'], [-5, -6]);
    const l2 = step({ l2: { '*': 100, 'output/kernel': 0.5, 'output/bias': 1 } }, 1, 0);
    expectNear(l2.velocity['output/kernel'], [-2, 0, -3, -8]);
    expectNear(l2.velocity['output/bias'], [-7, -4]);
  });

  it('keeps columns of kernels, not biases, within maxColumnNorm after the step', () => {
    const moved = step({ maxColumnNorm: 1 }, 0, 0, {
      'output/kernel': tf.tensor2d([
        [3, 0.1],
        [4, 0.2],
      ]),
      'output/bias': tf.tensor1d([30, 40]),
    });
    expectNear(moved.parameters['output/kernel'], [0.6, 0.1, 0.8, 0.2]);
    expectNear(moved.parameters['output/bias'], [30, 40]);
  });

  it('names the gradient or velocity that is missing or misshapen', () => {
    const { 'output/bias': _, ...rest } = gradients;
    const rates = [tf.scalar(0.1), tf.scalar(0.5)] as const;
    expect(() => update(plain, parameters, velocity, rest, ...rates)).toThrow(
      'gradient of output/bias: no such parameter, got output/kernel',
    );
    const short = { ...velocity, 'output/kernel': tf.zeros([2, 1]) };
    expect(() => update(plain, parameters, short, gradients, ...rates)).toThrow(
      'velocity of output/kernel: expected [2, 2], got [2, 1]',
    );
  });

  it('refuses decay of a parameter that does not exist', () => {
    expect(() => step({ l1: { 'hidden0/kernel': 1 } })).toThrow(
      "l1: 'hidden0/kernel' is no parameter: expected '*' or one of output/kernel, output/bias",
    );
  });
});

describe('limitColumnNorm', () => {
  it('limits every piece of a maxout kernel [in, pieces × units] by itself', () => {
    const kernel = tf.tensor2d([
      [3, 6, 0, 0.3],
      [4, 8, 0, 0.4],
    ]);
    expectNear(limitColumnNorm(kernel, 1), [0.6, 0.6, 0, 0.3, 0.8, 0.8, 0, 0.4]);
  });

  it('does not touch a column within the limit, to the bit', () => {
    const values = Float32Array.from({ length: 500 }, (_, i) => Math.sin(i) * 0.05);
    expect(arrayOf(limitColumnNorm(tf.tensor2d(values, [100, 5]), 1.9365))).toEqual([...values]);
  });

  it('takes all axes but the last as one column of a convolution kernel', () => {
    expectNear(limitColumnNorm(tf.ones([2, 2, 1, 1]), 1), [0.5, 0.5, 0.5, 0.5]);
  });
});
