import { DataError } from '../dist/data-error.js';
import { type DataSet, loadDataSet } from '../dist/data-set.js';
import { readMnist } from '../dist/mnist.js';
import type { Split } from '../dist/split.js';
import { folderOf, fourFiles, removeFolders } from './idx-files.ts';

afterAll(removeFolders);

const counts = (...splits: Split[]): number[] => {
  const count = new Array<number>(10).fill(0);
  for (const { labels } of splits) for (const label of labels) count[label]!++;
  return count;
};

describe('MNIST', () => {
  let mnist: DataSet;
  beforeAll(async () => {
    mnist = await loadDataSet({ set: 'mnist', validation: 10_000 });
  });

  test('has 50,000 + 10,000 training and 10,000 test images of 28 × 28', () => {
    expect(mnist).toMatchObject({ name: 'mnist', imageShape: [28, 28], inputSize: 784, classes: 10 });
    expect([mnist.train, mnist.validation, mnist.test].map((split) => split.size)).toEqual([50_000, 10_000, 10_000]);
    for (const split of [mnist.train, mnist.validation, mnist.test]) {
      expect(split.images.length).toBe(784 * split.size);
      expect(split.labels.length).toBe(split.size);
    }
  });

  test('has the known number of each digit', () => {
    expect(counts(mnist.train, mnist.validation)).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
    expect(counts(mnist.test)).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
    expect([...mnist.train.labels.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
  });

  test('has the mean pixel and deviation of the customary normalization, 0.1307 and 0.3081', () => {
    let [sum, squares] = [0, 0];
    for (const { images } of [mnist.train, mnist.validation]) {
      for (let i = 0; i < images.length; i++) {
        sum += images[i]!;
        squares += images[i]! ** 2;
      }
    }
    const pixels = 60_000 * 784;
    const mean = sum / pixels / 255;
    expect(mean).toBeCloseTo(0.1307, 4);
    expect(Math.sqrt(squares / pixels / 255 ** 2 - mean ** 2)).toBeCloseTo(0.3081, 4);
  });

  test('3 against 7 has labels 0 and 1, in the order asked for', async () => {
    const [pair, swapped] = await Promise.all(
      [
        [3, 7],
        [7, 3],
      ].map((classes) => loadDataSet({ set: 'mnist', validation: 2000, classes })),
    );
    expect(pair).toMatchObject({ name: 'mnist[3,7]', classes: 2 });
    expect(pair!.train.size + pair!.validation.size).toBe(6131 + 6265);
    expect(counts(pair!.test).slice(0, 3)).toEqual([1010, 1028, 0]);
    expect(counts(swapped!.test).slice(0, 3)).toEqual([1028, 1010, 0]);
    expect(pair!.checksum).not.toBe(swapped!.checksum);
  });
});

test('files that are not MNIST are refused by name', async () => {
  const folder = await folderOf(fourFiles([0, 1], [1]));
  await expect(readMnist(folder)).rejects.toThrow(DataError);
  await expect(readMnist(folder)).rejects.toThrow(/-ubyte: contents of SHA-256 [0-9a-f]{64}, expected [0-9a-f]{64}$/);
});
