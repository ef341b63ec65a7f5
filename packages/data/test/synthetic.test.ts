import { DataError } from '../dist/data-error.js';
import { loadDataSet } from '../dist/data-set.js';
import type { Source } from '../dist/split.js';
import { DEFAULT_SYNTHETIC, type SyntheticSpec, synthesize } from '../dist/synthetic.js';

const SMALL: SyntheticSpec = { train: 300, test: 100, classes: 10, side: 8, noise: 0.2 };

/** Fraction of test examples nearer to another class's mean training image than to their own's. */
function nearestMeanError({ train, test }: Source, classes: number): number {
  const inputSize = train.images.length / train.size;
  const pixels = (split: typeof train, i: number): Uint8Array =>
    split.images.subarray(i * inputSize, (i + 1) * inputSize);
  const means = Array.from({ length: classes }, () => new Float64Array(inputSize));
  for (let i = 0; i < train.size; i++) {
    const sum = means[train.labels[i]!]!;
    for (const [at, pixel] of pixels(train, i).entries()) sum[at]! += (pixel * classes) / train.size;
  }
  const distance = (image: Uint8Array, mean: Float64Array): number =>
    mean.reduce((d, m, at) => d + (m - image[at]!) ** 2, 0);
  let wrong = 0;
  for (let i = 0; i < test.size; i++) {
    const distances = means.map((mean) => distance(pixels(test, i), mean));
    if (distances.indexOf(Math.min(...distances)) !== test.labels[i]) wrong++;
  }
  return wrong / test.size;
}

test('is the same for the same specification, and another for another seed', () => {
  expect(synthesize(SMALL)).toEqual(synthesize({ ...SMALL, seed: 0 }));
  expect(synthesize({ ...SMALL, seed: 1 }).train.images).not.toEqual(synthesize(SMALL).train.images);
});

test('does not change from one version to the next', async () => {
  const { checksum } = await loadDataSet({ set: 'synthetic', validation: 50, synthetic: SMALL });
  expect(checksum).toBe('10cf0bf52510c7247daa07cc64ab16f1142fc2e0211d1d8ab150edf918f6bb3e');
});

test('has as many examples of each class', () => {
  const { train } = synthesize({ ...SMALL, train: 303 });
  const counts = Array.from({ length: 10 }, (_, label) => train.labels.filter((other) => other === label).length);
  expect(Math.min(...counts)).toBe(30);
  expect(Math.max(...counts)).toBe(31);
});

test('can be learnt', () => {
  expect(nearestMeanError(synthesize(SMALL), 10)).toBeLessThan(0.05);
  const large = { ...DEFAULT_SYNTHETIC, train: 500, test: 200 };
  expect(nearestMeanError(synthesize(large), 10)).toBeLessThan(0.05);
});

test.each<[Partial<SyntheticSpec>, string]>([
  [{ classes: 1 }, 'synthetic.classes: expected an integer from 2 to 256, got 1'],
  [{ train: 9 }, 'synthetic.train: expected an integer from 10 to 10000000, got 9'],
  [{ test: 20.5 }, 'synthetic.test: expected an integer from 10 to 10000000, got 20.5'],
  [{ side: 1 }, 'synthetic.side: expected an integer from 2 to 1024, got 1'],
  [{ seed: -3 }, 'synthetic.seed: expected an integer from 0 to 9007199254740991, got -3'],
  [{ noise: -1 }, 'synthetic.noise: expected a number from 0, got -1'],
])('%p is refused', (change, message) => {
  expect(() => synthesize({ ...SMALL, ...change })).toThrow(new DataError(message));
});
