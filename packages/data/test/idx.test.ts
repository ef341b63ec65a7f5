import { join } from 'node:path';
import { DataError } from '../dist/data-error.js';
import { readIdx } from '../dist/idx.js';
import { folderOf, idx, removeFolders } from './idx-files.ts';

afterAll(removeFolders);

async function write(bytes: Uint8Array, name = 'some-file'): Promise<string> {
  return join(await folderOf({ [name]: bytes }), name);
}

const images = idx([2, 1, 3], [1, 2, 3, 4, 5, 6]);

test('reads shape and bytes, plain or gzipped', async () => {
  for (const name of ['plain', 'zipped.gz']) {
    const { shape, bytes } = await readIdx(await write(images, name), 3);
    expect(shape).toEqual([2, 1, 3]);
    expect([...bytes]).toEqual([1, 2, 3, 4, 5, 6]);
  }
});

test.each<[string, Uint8Array, number, string]>([
  [
    'an empty file',
    new Uint8Array(),
    1,
    '0 bytes, expected an IDX file of unsigned bytes with 1 dimension (a header of 8 bytes, then data)',
  ],
  [
    'another format',
    Buffer.from('PNG, perhaps'),
    3,
    'begins with 0x504e472c, expected an IDX file of unsigned bytes with 3 dimensions (0x00000803)',
  ],
  [
    'an unknown type',
    idx([1], [1], 7),
    1,
    'begins with 0x00000701, expected an IDX file of unsigned bytes with 1 dimension (0x00000801)',
  ],
  [
    'floats',
    idx([1], [0, 0, 0, 0], 13),
    1,
    'an IDX file of 32-bit floats, expected an IDX file of unsigned bytes with 1 dimension',
  ],
  [
    'images for labels',
    images,
    1,
    'an IDX file with 3 dimensions, expected an IDX file of unsigned bytes with 1 dimension',
  ],
  [
    'labels for images',
    idx([2], [1, 2]),
    3,
    'an IDX file with 1 dimension, expected an IDX file of unsigned bytes with 3 dimensions',
  ],
  ['a truncated header', images.subarray(0, 10), 3, 'truncated: 10 bytes, expected a header of 16'],
  ['truncated data', images.subarray(0, 20), 3, 'truncated: 20 bytes, expected 22 (a header of 16, then 2 × 1 × 3)'],
  [
    'trailing bytes',
    Buffer.concat([images, Buffer.of(0, 0)]),
    3,
    '2 bytes too many: 24 bytes, expected 22 (a header of 16, then 2 × 1 × 3)',
  ],
])('refuses %s in one sentence', async (_, bytes, dimensions, message) => {
  const file = await write(bytes);
  await expect(readIdx(file, dimensions)).rejects.toThrow(new DataError(`${file}: ${message}`));
});

test('refuses a damaged gzip file, and a file that is not there', async () => {
  const damaged = await write(Buffer.from('1f8b0800000000', 'hex'));
  await expect(readIdx(damaged, 1)).rejects.toThrow(`${damaged}: cannot be read: unexpected end of file`);
  await expect(readIdx(`${damaged}-not`, 1)).rejects.toThrow(`${damaged}-not: cannot be read: ENOENT`);
  await expect(readIdx(`${damaged}-not`, 1)).rejects.toBeInstanceOf(DataError);
});

test('refuses contents that do not have the SHA-256 expected', async () => {
  const file = await write(images);
  await expect(readIdx(file, 3, 'abc')).rejects.toThrow(
    new RegExp(`^${file}: contents of SHA-256 [0-9a-f]{64}, expected abc$`),
  );
});
