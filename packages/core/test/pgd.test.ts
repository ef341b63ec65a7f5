import fc from 'fast-check';
import { type AttackSpec, buildModel, drawStart, exampleLosses, inputGradient, pgd, project } from '../dist/index.js';
import { arrayOf, labelsOf, parametersOf, randomFrom, randomValues, relativeError, tf } from './tensors.ts';

const batch = 4;
const inputSize = 6;
const model = buildModel(
  {
    kind: 'mlp',
    activation: 'tanh',
    layers: [{ units: 5, keep: 1, scale: 1 }],
    inputKeep: 1,
    inputScale: 1,
    init: { kind: 'zeros' },
  },
  { inputSize, classes: 3 },
);
const parameters = parametersOf(model, randomValues(model, randomFrom(21)));
const labels = labelsOf([0, 1, 2, 1]);
const gradientAt = (x: tf.Tensor2D) => inputGradient(model, parameters, x, labels, undefined);
const lossesAt = (x: tf.Tensor2D) => arrayOf(exampleLosses(model, model.logits(parameters, x), labels));

const attack: AttackSpec = {
  kind: 'pgd',
  norm: 'linf',
  epsilon: 0.1,
  stepSize: 0.02,
  iterations: 10,
  randomStart: true,
  clip: true,
  bounds: [0, 1],
  label: 'true',
};

function distance(norm: AttackSpec['norm'], a: number[], b: number[]): number {
  const differences = a.map((ai, i) => Math.abs(ai - b[i]!));
  return norm === 'linf' ? Math.max(...differences) : Math.hypot(...differences);
}

describe('pgd', () => {
  it('stays in the ε ball and, clipped, in the bounds, whatever its settings', () => {
    const settings = fc.record({
      norm: fc.constantFrom('linf' as const, 'l2' as const),
      epsilon: fc.double({ min: 0.001, max: 2, noNaN: true }),
      stepSize: fc.double({ min: 0.001, max: 3, noNaN: true }),
      iterations: fc.integer({ min: 0, max: 6 }),
      randomStart: fc.boolean(),
      clip: fc.boolean(),
      seed: fc.integer({ min: 1, max: 1e6 }),
    });
    const stays = ({ seed, ...chosen }: typeof settings extends fc.Arbitrary<infer T> ? T : never) =>
      tf.tidy(() => {
        const spec = { ...attack, ...chosen };
        const random = randomFrom(seed);
        const x = tf.tensor2d(random.uniform(batch * inputSize, 0, 1), [batch, inputSize]);
        const start = tf.tensor2d(drawStart(spec.norm, batch * inputSize, random), [batch, inputSize]);
        const adversarial = pgd(gradientAt, x, start, spec);
        const [clean, moved] = [x.arraySync(), adversarial.arraySync()];
        for (let i = 0; i < batch; i++) {
          expect(distance(spec.norm, moved[i]!, clean[i]!)).toBeLessThanOrEqual(spec.epsilon * (1 + 1e-6) + 2e-7);
        }
        if (spec.clip) {
          expect(Math.min(...moved.flat())).toBeGreaterThanOrEqual(0);
          expect(Math.max(...moved.flat())).toBeLessThanOrEqual(1);
        }
      });
    fc.assert(fc.property(settings, stays), { numRuns: 200, seed: 1 });
  });

  it.each(['linf', 'l2'] as const)('increases the loss of every example (%s)', (norm) => {
    const x = tf.tensor2d(randomFrom(22).uniform(batch * inputSize, 0.2, 0.8), [batch, inputSize]);
    const before = lossesAt(x);
    const after = lossesAt(pgd(gradientAt, x, undefined, { ...attack, norm, randomStart: false }));
    for (const [i, loss] of after.entries()) expect(loss).toBeGreaterThan(before[i]!);
  });

  it('starts at ε times the uniform numbers given (linf)', () => {
    const x = tf.fill([1, 4], 0.5) as tf.Tensor2D;
    const start = tf.tensor2d([[-1, 1, 0.5, 0]]);
    const started = pgd(gradientAt, x, start, { ...attack, epsilon: 0.25, iterations: 0 });
    expect(arrayOf(started)).toEqual([0.25, 0.75, 0.625, 0.5]);
  });

  it('starts on the sphere, in the direction of the normal numbers given (l2)', () => {
    const start = tf.tensor2d([[3, -4]]);
    const spec = { ...attack, norm: 'l2' as const, epsilon: 10, iterations: 0, clip: false };
    expect(relativeError(arrayOf(pgd(gradientAt, tf.zeros([1, 2]), start, spec)), [6, -8])).toBeLessThan(1e-6);
  });

  it('refuses a random start without its numbers', () => {
    expect(() => pgd(gradientAt, tf.zeros([1, 2]), undefined, attack)).toThrow(
      'randomStart is true, but there is no start',
    );
  });
});

describe('project', () => {
  it('shortens a perturbation to ε and leaves a shorter one alone (l2)', () => {
    const x = tf.tensor2d([
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
    const candidate = tf.tensor2d([
      [4, 5],
      [1.5, 1],
      [1, 1],
    ]);
    const projected = arrayOf(project(candidate, x, { norm: 'l2', epsilon: 1 }));
    expect(relativeError(projected, [1.6, 1.8, 1.5, 1, 1, 1])).toBeLessThan(1e-6);
  });

  it('limits each input to x ± ε (linf)', () => {
    const projected = project(tf.tensor2d([[3, 0.6, -3]]), tf.tensor2d([[0.5, 0.5, 0.5]]), {
      norm: 'linf',
      epsilon: 0.25,
    });
    expect(relativeError(arrayOf(projected), [0.75, 0.6, 0.25])).toBeLessThan(1e-6);
  });
});
