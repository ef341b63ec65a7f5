import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError } from './data-error.js';
import { type IdxArray, readIdx } from './idx.js';
import type { Source, Split } from './split.js';

/** MNIST's and Fashion-MNIST's names, EMNIST's with a prefix and `test`, and those with `.idx3` that some archives write. */
const FILE_NAME = /^((?!\.).*?)(train|t10k|test)-(images[-.]idx3|labels[-.]idx1)-ubyte(\.gz)?$/;

type Role = 'train images' | 'train labels' | 'test images' | 'test labels';
const CUSTOMARY_NAMES: Readonly<Record<Role, string>> = {
  'train images': 'train-images-idx3-ubyte',
  'train labels': 'train-labels-idx1-ubyte',
  'test images': 't10k-images-idx3-ubyte',
  'test labels': 't10k-labels-idx1-ubyte',
};

/** Something for each of a folder's four files, such as its path. */
export type IdxFiles = Readonly<Record<Role, string>>;

/**
 * Finds the four IDX files of a folder by name: `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`,
 * `t10k-images-idx3-ubyte`, `t10k-labels-idx1-ubyte`, with `test` for `t10k`, `.idx` for `-idx`, a common prefix such as
 * `emnist-letters-`, and `.gz` allowed. Where a file is there plain and gzipped, the plain one is taken.
 *
 * @throws DataError when one is missing, or files of several sets lie in the folder
 */
export async function findIdxFiles(folder: string): Promise<IdxFiles> {
  const names = await readdir(folder).catch((error: Error) => {
    throw new DataError(`${folder}: cannot be read: ${error.message}`, { cause: error });
  });
  const found = new Map<string, string>();
  const prefixes = new Set<string>();
  for (const name of names.sort()) {
    const match = FILE_NAME.exec(name);
    if (!match) continue;
    const [, prefix, part, content] = match;
    const role = `${part === 'train' ? 'train' : 'test'} ${content!.slice(0, 6)}`;
    prefixes.add(prefix!);
    // sorted: the plain name precedes the gzipped one, and t10k follows test
    if (!found.has(role)) found.set(role, join(folder, name));
  }
  if (prefixes.size > 1) {
    const sets = [...prefixes].map((prefix) => `"${prefix}"`).join(', ');
    throw new DataError(`${folder}: files of several sets (beginning with ${sets}), expected one set in a folder`);
  }
  const file = (role: Role): string => {
    const path = found.get(role);
    if (path !== undefined) return path;
    const others = names.length === 0 ? 'nothing' : names.slice(0, 8).join(', ');
    throw new DataError(
      `${folder}: no file of ${role}, expected ${CUSTOMARY_NAMES[role]} or with .gz; found ${others}`,
    );
  };
  return {
    'train images': file('train images'),
    'train labels': file('train labels'),
    'test images': file('test images'),
    'test labels': file('test labels'),
  };
}

/**
 * Reads the four IDX files of a folder, such as Fashion-MNIST's, or EMNIST's (whose images lie transposed in the files
 * and are left so).
 *
 * @param sha256 what each file's unzipped contents must hash to, where that is known
 * @throws DataError when a file is missing or malformed, or the files do not fit together
 */
export async function readIdxFolder(folder: string, name: string, sha256?: IdxFiles): Promise<Source> {
  const files = await findIdxFiles(folder);
  const [trainImages, trainLabels, testImages, testLabels] = await Promise.all([
    readIdx(files['train images'], 3, sha256?.['train images']),
    readIdx(files['train labels'], 1, sha256?.['train labels']),
    readIdx(files['test images'], 3, sha256?.['test images']),
    readIdx(files['test labels'], 1, sha256?.['test labels']),
  ]);
  const imageShape = trainImages.shape.slice(1);
  const testShape = testImages.shape.slice(1);
  if (imageShape.join() !== testShape.join()) {
    throw new DataError(
      `${testImages.file}: images of ${testShape.join(' × ')}, expected ${imageShape.join(' × ')} as in ${trainImages.file}`,
    );
  }
  return { name, imageShape, train: pair(trainImages, trainLabels), test: pair(testImages, testLabels) };
}

function pair(images: IdxArray, labels: IdxArray): Split {
  const size = images.shape[0]!;
  if (images.bytes.length === 0) {
    throw new DataError(`${images.file}: ${images.shape.join(' × ')} holds no pixel, expected at least one image`);
  }
  if (labels.shape[0] !== size) {
    throw new DataError(
      `${labels.file}: ${labels.shape[0]} labels, expected ${size}, one for each image of ${images.file}`,
    );
  }
  return { images: images.bytes, labels: labels.bytes, size };
}
