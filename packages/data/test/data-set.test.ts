import { basename } from 'node:path';
import { Worker } from 'node:worker_threads';
import { DataError } from '../dist/data-error.js';
import { type DataSpec, loadDataSet } from '../dist/data-set.js';
import { folderOf, fourFiles, removeFolders } from './idx-files.ts';

afterAll(removeFolders);

const SMALL = { train: 60, test: 20, classes: 4, side: 8, noise: 0.1 };
const LETTERS = [3, 1, 26, 3, 1, 26, 26, 1];

async function letters(rest: Partial<DataSpec> = {}): Promise<ReturnType<typeof loadDataSet>> {
  const folder = await folderOf(fourFiles(LETTERS, [26, 1, 3]));
  return loadDataSet({ set: 'folder', folder, validation: 0, ...rest });
}

describe('splits', () => {
  test('the last training examples are the validation split', async () => {
    const set = await letters({ validation: 3 });
    expect([...set.train.labels, ...set.validation.labels]).toEqual([1, 0, 2, 1, 0, 2, 2, 0]);
    expect([set.train.size, set.validation.size, set.test.size]).toEqual([5, 3, 3]);
    expect([...set.validation.images.subarray(0, 6)]).toEqual([9, 9, 9, 9, 9, 9]); // 10 · 26 + 5, as a byte
  });

  test('no validation split is an empty one', async () => {
    const { validation } = await letters();
    expect([validation.size, validation.images.length, validation.labels.length]).toEqual([0, 0, 0]);
  });

  test('a limit shortens the training split alone', async () => {
    const set = await letters({ validation: 3, limit: 2 });
    expect([...set.train.labels]).toEqual([1, 0]);
    expect([...set.validation.labels]).toEqual([2, 2, 0]);
    expect(set.test.size).toBe(3);
  });
});

describe('classes', () => {
  test('are ranks of the labels that occur, so that letters 1 to 26 become 0 to 25', async () => {
    const set = await letters();
    expect(set.classes).toBe(3);
    expect([...set.test.labels]).toEqual([2, 0, 1]);
  });

  test('asked for are numbered in the order given, and other examples are left out', async () => {
    const folder = await folderOf(fourFiles(LETTERS, [26, 1, 3]));
    const set = await loadDataSet({ set: 'folder', folder, validation: 0, classes: [26, 1] });
    expect(set.name).toBe(`${basename(folder)}[26,1]`);
    expect(set.classes).toBe(2);
    expect([...set.train.labels]).toEqual([1, 0, 1, 0, 0, 1]);
    expect([...set.train.images.subarray(0, 6)]).toEqual([11, 11, 11, 11, 11, 11]);
    expect([...set.test.labels]).toEqual([0, 1]);
  });
});

describe('the checksum', () => {
  test('is the same for the same data from another folder, and differs with any part of it', async () => {
    const first = (await letters({ validation: 3 })).checksum;
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect((await letters({ validation: 3 })).checksum).toBe(first);
    const others: Partial<DataSpec>[] = [
      { validation: 2 },
      { validation: 3, limit: 4 },
      { validation: 3, classes: [26, 3, 1] },
    ];
    const checksums = await Promise.all(others.map(async (rest) => (await letters(rest)).checksum));
    expect(new Set([first, ...checksums]).size).toBe(4);
  });
});

describe('refused with a message that names the option', () => {
  test.each<[Partial<DataSpec>, string]>([
    [{ validation: 8 }, 'validation: expected 0 to 7 of the 8 training examples, got 8'],
    [{ validation: -1 }, 'validation: expected 0 to 7 of the 8 training examples, got -1'],
    [{ validation: 0.5 }, 'validation: expected 0 to 7 of the 8 training examples, got 0.5'],
    [{ classes: [26, 1], validation: 6 }, 'validation: expected 0 to 5 of the 6 training examples, got 6'],
    [{ limit: 0 }, 'limit: expected 1 to 8, the training examples without the validation split, got 0'],
    [{ limit: 6, validation: 3 }, 'limit: expected 1 to 5, the training examples without the validation split, got 6'],
    [{ classes: [1] }, 'classes: expected two or more different labels, got [1]'],
    [{ classes: [1, 3, 1] }, 'classes: expected two or more different labels, got [1,3,1]'],
    [{ folder: '' }, 'folder: expected the path of a folder of IDX files, got nothing'],
    [{ set: 'cifar' as never }, 'set: expected mnist, synthetic or folder, got cifar'],
  ])('%p', async (rest, message) => {
    await expect(letters(rest)).rejects.toThrow(new DataError(message));
  });

  test('a class that no example has', async () => {
    await expect(letters({ classes: [3, 7, 300] })).rejects.toThrow(
      /^classes: \S+'s training examples have no example of 7, 300; their labels are 1, 3, 26$/,
    );
    const folder = await folderOf(fourFiles([1, 2, 3], [1, 2]));
    await expect(loadDataSet({ set: 'folder', folder, validation: 0, classes: [1, 3] })).rejects.toThrow(
      /^classes: \S+'s test examples have no example of 3; their labels are 1, 2$/,
    );
    const unknown = await folderOf(fourFiles([1, 2], [1, 5]));
    await expect(loadDataSet({ set: 'folder', folder: unknown, validation: 0 })).rejects.toThrow(
      /training examples have no example of 5; their labels are 1, 2$/,
    );
  });
});

test('a thread that a data set is posted to reads the same memory', async () => {
  const set = await loadDataSet({ set: 'synthetic', validation: 10, synthetic: SMALL });
  const worker = new Worker(
    `const { parentPort } = require('node:worker_threads');
     parentPort.once('message', (set) => { set.validation.images[5] = 77; parentPort.postMessage(set.name + set.train.size); });`,
    { eval: true },
  );
  const answer = new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  set.validation.images[5] = 1;
  worker.postMessage(set);
  expect(await answer).toBe('synthetic50');
  expect(set.validation.images[5]).toBe(77);
  expect(set.train.images.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(structuredClone(set)).toEqual(set);
  await worker.terminate();
});
