import { join } from 'node:path';
import { DataError } from '../dist/data-error.js';
import { findIdxFiles, readIdxFolder } from '../dist/idx-folder.js';
import { folderOf, fourFiles, idx, idxPair, removeFolders } from './idx-files.ts';

afterAll(removeFolders);

const read = async (
  files: Record<string, Uint8Array>,
): Promise<{ folder: string; result: ReturnType<typeof readIdxFolder> }> => {
  const folder = await folderOf(files);
  const result = readIdxFolder(folder, 'tiny');
  result.catch(() => {}); // looked at by the test
  return { folder, result };
};

test('reads four plain files', async () => {
  const { result } = await read(fourFiles([0, 1, 2], [1, 0]));
  const source = await result;
  expect(source).toMatchObject({ name: 'tiny', imageShape: [2, 3], train: { size: 3 }, test: { size: 2 } });
  expect([...source.train.labels]).toEqual([0, 1, 2]);
  expect([...source.test.images]).toEqual([10, 10, 10, 10, 10, 10, 1, 1, 1, 1, 1, 1]);
});

test.each(['train-images-idx3-ubyte', 'train-images.idx3-ubyte', 'train-images-idx3-ubyte.gz'])(
  'finds %s',
  async (name) => {
    const four = fourFiles([0, 1], [1, 0], { 'train-images-idx3-ubyte': undefined, 'notes.txt': Buffer.from('') });
    const folder = await folderOf({ ...four, [name]: idxPair([0, 1]).images, [`._${name}`]: Buffer.from('') });
    expect((await findIdxFiles(folder))['train images']).toBe(join(folder, name));
    expect((await readIdxFolder(folder, 'tiny')).train.size).toBe(2);
  },
);

test("finds EMNIST's names: a prefix, test for t10k, gzipped", async () => {
  const files = Object.entries(fourFiles([1, 2], [2]));
  const named = files.map(([name, bytes]) => [`emnist-letters-${name.replace('t10k', 'test')}.gz`, bytes]);
  const { result } = await read(Object.fromEntries(named));
  expect([...(await result).train.labels]).toEqual([1, 2]);
});

test('takes the plain file where it lies beside the gzipped one', async () => {
  const four = fourFiles([0, 1], [1]);
  const folder = await folderOf({ ...four, 'train-labels-idx1-ubyte.gz': idx([2], [9, 9]) });
  expect((await findIdxFiles(folder))['train labels']).toBe(join(folder, 'train-labels-idx1-ubyte'));
});

test('refuses a folder without one of the files, and says which it has', async () => {
  const { folder, result } = await read(fourFiles([0], [0], { 't10k-labels-idx1-ubyte': undefined }));
  await expect(result).rejects.toThrow(
    new DataError(
      `${folder}: no file of test labels, expected t10k-labels-idx1-ubyte or with .gz; found t10k-images-idx3-ubyte, train-images-idx3-ubyte, train-labels-idx1-ubyte`,
    ),
  );
  const empty = await folderOf({});
  await expect(findIdxFiles(empty)).rejects.toThrow(/no file of train images, .*; found nothing$/);
  await expect(findIdxFiles(`${empty}-not`)).rejects.toThrow(`${empty}-not: cannot be read: ENOENT`);
});

test('refuses a folder of several sets', async () => {
  const four = fourFiles([0], [0]);
  const { folder, result } = await read({ ...four, 'emnist-letters-train-images-idx3-ubyte': idxPair([1]).images });
  await expect(result).rejects.toThrow(
    `${folder}: files of several sets (beginning with "emnist-letters-", ""), expected one set in a folder`,
  );
});

test('refuses files that do not fit together', async () => {
  const mismatch = await read(fourFiles([0, 1], [0], { 'train-labels-idx1-ubyte': idx([3], [0, 1, 2]) }));
  await expect(mismatch.result).rejects.toThrow(
    `${mismatch.folder}/train-labels-idx1-ubyte: 3 labels, expected 2, one for each image of ${mismatch.folder}/train-images-idx3-ubyte`,
  );
  const shapes = await read(fourFiles([0], [0], { 't10k-images-idx3-ubyte': idx([1, 3, 2], [1, 2, 3, 4, 5, 6]) }));
  await expect(shapes.result).rejects.toThrow(
    `${shapes.folder}/t10k-images-idx3-ubyte: images of 3 × 2, expected 2 × 3 as in ${shapes.folder}/train-images-idx3-ubyte`,
  );
  const none = await read(fourFiles([], [0]));
  await expect(none.result).rejects.toThrow(
    `${none.folder}/train-images-idx3-ubyte: 0 × 2 × 3 holds no pixel, expected at least one image`,
  );
});
