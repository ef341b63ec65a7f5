import { type AttackSpec, buildModel, exampleLosses, fgsm, inputGradient, pgd } from '../dist/index.js';
import { arrayOf, labelsOf, parametersOf, randomFrom, randomValues, relativeError, tf } from './tensors.ts';

const attack: AttackSpec = {
  kind: 'fgsm',
  norm: 'linf',
  epsilon: 0.25,
  stepSize: 0.01,
  iterations: 40,
  randomStart: false,
  clip: false,
  bounds: [0, 1],
  label: 'true',
};
const init = { kind: 'zeros' } as const;

describe('fgsm', () => {
  it('turns the logistic loss into softplus(ε‖w‖₁ − y(wᵀx + b)), as the paper derives in §5', () => {
    const random = randomFrom(11);
    const model = buildModel({ kind: 'logistic', init }, { inputSize: 6, classes: 2 });
    const w = random.normal(6);
    const b = 0.3;
    const parameters = parametersOf(model, { 'output/kernel': w, 'output/bias': [b] });
    const values = random.uniform(4 * 6, 0, 1);
    const x = tf.tensor2d(values, [4, 6]);
    const labels = [0, 1, 1, 0];

    const adversarial = fgsm(x, inputGradient(model, parameters, x, labelsOf(labels), undefined), attack);
    const losses = arrayOf(exampleLosses(model, model.logits(parameters, adversarial), labelsOf(labels)));

    const l1 = w.reduce((total, wi) => total + Math.abs(wi), 0);
    const expected = labels.map((label, i) => {
      const z = w.reduce((total, wj, j) => total + wj * values[i * 6 + j]!, b);
      return Math.log1p(Math.exp(attack.epsilon * l1 - (label === 1 ? z : -z)));
    });
    expect(relativeError(losses, expected)).toBeLessThan(1e-6);
  });

  it('moves softmax regression by ε · sign(W(p − onehot))', () => {
    const random = randomFrom(12);
    const model = buildModel({ kind: 'softmax', init }, { inputSize: 5, classes: 3 });
    const values = randomValues(model, random);
    const parameters = parametersOf(model, values);
    const x = random.uniform(5, 0, 1);
    const label = 2;

    const logits = [0, 1, 2].map((j) =>
      x.reduce((z, xi, i) => z + xi * values['output/kernel']![i * 3 + j]!, values['output/bias']![j]!),
    );
    const total = logits.reduce((sum, z) => sum + Math.exp(z), 0);
    const slope = logits.map((z, j) => Math.exp(z) / total - (j === label ? 1 : 0));
    const expected = [...x].map((xi, i) =>
      Math.fround(xi + 0.25 * Math.sign(slope.reduce((g, s, j) => g + s * values['output/kernel']![i * 3 + j]!, 0))),
    );

    const batch = tf.tensor2d(x, [1, 5]);
    const gradient = inputGradient(model, parameters, batch, labelsOf([label]), undefined);
    expect(arrayOf(fgsm(batch, gradient, attack))).toEqual(expected);
  });

  it('moves by exactly x ± ε in float32, so that signs say it all', () => {
    const x = randomFrom(13).uniform(600, 0, 1);
    const gradient = randomFrom(14).normal(600);
    const epsilon = Math.fround(0.1);
    const got = fgsm(tf.tensor2d(x, [2, 300]), tf.tensor2d(gradient, [2, 300]), { ...attack, epsilon });
    expect(arrayOf(got)).toEqual([...x].map((xi, i) => Math.fround(xi + epsilon * Math.sign(gradient[i]!))));
  });

  it.each(['linf', 'l2'] as const)('is one iteration of pgd of full size, to the bit for linf (%s)', (norm) => {
    const random = randomFrom(15);
    const x = tf.tensor2d(random.uniform(40, 0, 1), [4, 10]);
    const gradient = tf.tensor2d(random.normal(40), [4, 10]);
    const spec = { ...attack, norm, epsilon: 0.3, clip: true };
    const once = fgsm(x, gradient, spec);
    const iterated = pgd(() => gradient, x, undefined, { ...spec, kind: 'pgd', stepSize: 0.3, iterations: 1 });
    if (norm === 'linf') expect(arrayOf(iterated)).toEqual(arrayOf(once));
    else expect(relativeError(arrayOf(iterated), arrayOf(once))).toBeLessThan(1e-6);
  });

  it('clips to the bounds only where the spec says so', () => {
    const x = tf.tensor2d([[0.9, 0.1, 0.5]]);
    const gradient = tf.tensor2d([[1, -1, 1]]);
    expect(arrayOf(fgsm(x, gradient, { ...attack, clip: true }))).toEqual([1, 0, 0.75]);
    expect(relativeError(arrayOf(fgsm(x, gradient, attack)), [1.15, -0.15, 0.75])).toBeLessThan(1e-6);
  });

  it('leaves inputs whose gradient is 0 as they are, in both norms', () => {
    const x = tf.tensor2d([
      [0.2, 0.4],
      [0.2, 0.4],
    ]);
    const gradient = tf.tensor2d([
      [0, 0],
      [3, 0],
    ]);
    expect(relativeError(arrayOf(fgsm(x, gradient, attack)), [0.2, 0.4, 0.45, 0.4])).toBeLessThan(1e-6);
    expect(relativeError(arrayOf(fgsm(x, gradient, { ...attack, norm: 'l2' })), [0.2, 0.4, 0.45, 0.4])).toBeLessThan(
      1e-6,
    );
  });

  it('takes an L2 step of length ε from a gradient whose square float32 cannot hold', () => {
    const gradient = tf.tensor2d([[3e-30, -4e-30]]);
    const moved = fgsm(tf.tensor2d([[0, 0]]), gradient, { ...attack, norm: 'l2', epsilon: 5 });
    expect(relativeError(arrayOf(moved), [3, -4])).toBeLessThan(1e-6);
  });
});
