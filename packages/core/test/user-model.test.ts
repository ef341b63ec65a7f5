import { fromUserModel, inputGradient, passGradients, type UserModule } from '../dist/index.js';
import { arrayOf, labelsOf, parametersOf, randomFrom, relativeError, tf } from './tensors.ts';

const data = { inputSize: 4, classes: 3 };
const linear: UserModule = {
  name: 'linear',
  init: ({ random, inputSize, classes }) => ({
    w: { shape: [inputSize, classes], values: random.normal(inputSize * classes) },
    b: { shape: [classes], values: random.uniform(classes, -1, 1) },
  }),
  logits: ({ tf, parameters, x }) => tf.add(tf.matMul(x, parameters.w!), parameters.b!),
};

describe('fromUserModel', () => {
  it('makes a model of a user’s init and logits', () => {
    const model = fromUserModel(linear, data);
    expect(model.parameters).toEqual({ w: [4, 3], b: [3] });
    expect(model.dropout).toEqual([]);
    expect(model.loss).toBe('crossEntropy');
    const parameters = parametersOf(model, model.initialize(randomFrom(1)));
    const x = tf.tensor2d(randomFrom(2).uniform(8, 0, 1), [2, 4]);
    const pass = passGradients(model, parameters, x, labelsOf([0, 2]), undefined, 1);
    // ∇x of softmax regression is (p − onehot) Wᵀ
    const logits = model.logits(parameters, x);
    const expected = tf.matMul(
      tf.sub(tf.softmax(logits), tf.oneHot(labelsOf([0, 2]), 3)),
      parameters.w as tf.Tensor2D,
      false,
      true,
    );
    expect(relativeError(arrayOf(pass.inputGradient), arrayOf(expected))).toBeLessThan(1e-5);
  });

  it('draws parameters from the random numbers it is given', () => {
    const model = fromUserModel(linear, data);
    expect(model.initialize(randomFrom(5)).w).toEqual(randomFrom(5).normal(12));
  });

  it('takes a default export', () => {
    expect(fromUserModel({ default: linear }, data).parameters).toEqual({ w: [4, 3], b: [3] });
  });

  it('hands over the masks it asks for', () => {
    const dropping: UserModule = {
      ...linear,
      dropout: [{ name: 'input', size: 4, keep: 0.5, scale: 2 }],
      logits: ({ tf, parameters, x, masks }) =>
        tf.matMul(masks === undefined ? x : tf.mul<tf.Tensor2D>(x, masks.input!), parameters.w as tf.Tensor2D),
    };
    const model = fromUserModel(dropping, data);
    expect(model.dropout).toEqual([{ name: 'input', size: 4, keep: 0.5, scale: 2 }]);
    const parameters = parametersOf(model, model.initialize(randomFrom(1)));
    const masks = { input: tf.tensor2d([[1, 0, 0, 1]]) };
    const gradient = arrayOf(inputGradient(model, parameters, tf.ones([1, 4]), labelsOf([0]), masks));
    expect(gradient.map((g) => g !== 0)).toEqual([true, false, false, true]);
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'user model: expected an object that exports init and logits, got nothing'],
    ['no init', { logits: linear.logits }, 'user model: expected it to export a function init, got nothing'],
    ['no logits', { ...linear, logits: 3 }, "user model 'linear': expected it to export a function logits, got 3"],
    [
      'an init without parameters',
      { ...linear, init: () => ({}) },
      "user model 'linear': init: expected parameters by name, got an empty Object",
    ],
    [
      'values that are no Float32Array',
      { ...linear, init: () => ({ w: { shape: [2], values: [1, 2] } }) },
      "user model 'linear': init: w: expected values to be a Float32Array of 2 ([2]), got an object of 2 entries (Array)",
    ],
    [
      'too few values',
      { ...linear, init: () => ({ w: { shape: [2, 2], values: new Float32Array(3) } }) },
      'init: w: expected values to be a Float32Array of 4 ([2, 2]), got a Float32Array of 3',
    ],
    [
      'no shape',
      { ...linear, init: () => ({ w: { values: new Float32Array(3) } }) },
      'init: w: expected shape to be a list of whole numbers above 0, got undefined',
    ],
    [
      'a dropout without size',
      { ...linear, dropout: [{ name: 'input' }] },
      'dropout: expected { name, size, keep, scale }, got {"name":"input"}',
    ],
    [
      'a keep that is no probability',
      { ...linear, dropout: [{ name: 'input', size: 4, keep: 1.5, scale: 1 }] },
      "user model 'linear': dropout 'input': keep is a probability above 0, up to 1, got 1.5",
    ],
  ])('refuses %s', (_, module, message) => {
    expect(() => fromUserModel(module, data)).toThrow(message);
  });

  it('says what logits returned where it is not [B, classes]', () => {
    const logitsOf = (logits: unknown) => () => fromUserModel({ ...linear, logits }, data).logits({}, tf.zeros([5, 4]));
    expect(logitsOf(() => tf.zeros([5, 7]))).toThrow("user model 'linear': logits: expected [5, 3], got [5, 7]");
    expect(logitsOf(() => undefined)).toThrow("user model 'linear': logits: expected a tensor [B, 3], got nothing");
    expect(logitsOf(async () => tf.zeros([5, 3]))).toThrow('(it may not be async)');
  });

  it('refuses logits that a parameter has no part in', () => {
    const idle: UserModule = {
      ...linear,
      logits: ({ tf, parameters, x }) => tf.matMul(x, parameters.w as tf.Tensor2D),
    };
    const model = fromUserModel(idle, data);
    const parameters = parametersOf(model, model.initialize(randomFrom(1)));
    expect(() => passGradients(model, parameters, tf.ones([1, 4]), labelsOf([0]), undefined, 1)).toThrow(
      'the loss depends on not all of x, b, w: each must have a part in the logits',
    );
  });

  it('refuses an init whose shapes change from call to call', () => {
    let calls = 0;
    const growing = { ...linear, init: () => ({ w: { shape: [++calls], values: new Float32Array(calls) } }) };
    const model = fromUserModel(growing, data);
    expect(() => model.initialize(randomFrom(1))).toThrow('init returned {"w":[1]} and then {"w":[2]}');
  });
});
