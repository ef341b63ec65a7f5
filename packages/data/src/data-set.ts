import { createHash } from 'node:crypto';
import { basename, resolve } from 'node:path';
import { DataError } from './data-error.js';
import { readIdxFolder } from './idx-folder.js';
import { readMnist } from './mnist.js';
import { checkClassesOccur, distinctLabels, type Source, type Split, selectClasses, slice } from './split.js';
import { DEFAULT_SYNTHETIC, type SyntheticSpec, synthesize } from './synthetic.js';

/** Which data, and what of it. */
export interface DataSpec {
  readonly set: 'mnist' | 'synthetic' | 'folder';
  /** `folder` only: where the four IDX files lie */
  readonly folder?: string;
  /** how many of the last training examples become the validation split (50,000 + 10,000 is customary for MNIST); 0 for none */
  readonly validation: number;
  /** labels to keep, as the source writes them; default all. The label at position i becomes class i. */
  readonly classes?: readonly number[];
  /** use only the first n examples of the training split, which the validation split has been taken from before */
  readonly limit?: number;
  /** `synthetic` only */
  readonly synthetic?: SyntheticSpec;
}

/** A plain object of numbers, strings and shared memory: it can be posted to a thread, which then reads the same bytes. */
export interface DataSet {
  /** 'mnist', 'synthetic' or the folder's name, with a class subset in brackets: 'mnist[3,7]' */
  readonly name: string;
  /** [rows, columns] */
  readonly imageShape: readonly number[];
  /** pixels of an image */
  readonly inputSize: number;
  /** number of classes */
  readonly classes: number;
  /** SHA-256, in hex, of the examples used in their order, and of which label became which class */
  readonly checksum: string;
  readonly train: Split;
  readonly validation: Split;
  readonly test: Split;
}

/**
 * Loads a data set and cuts it: first the classes asked for are selected (training and test), then the last `validation`
 * training examples become the validation split, then `limit` shortens the training split.
 *
 * Class numbers are contiguous from 0: without `classes` they are the ranks of the labels that the training examples have,
 * so MNIST's stay as they are and EMNIST letters' 1 … 26 become 0 … 25.
 *
 * @throws DataError that names the file or the option, what was found and what is expected
 */
export async function loadDataSet(spec: DataSpec): Promise<DataSet> {
  const source = await openSource(spec);
  const labels = chooseClasses(spec, source);
  const examples = selectClasses(source.train, labels);
  const test = selectClasses(source.test, labels);
  const trainSize = checkSizes(spec, examples.size);
  const train = slice(examples, 0, trainSize);
  const validation = slice(examples, examples.size - spec.validation, examples.size);
  return {
    name: spec.classes ? `${source.name}[${labels.join()}]` : source.name,
    imageShape: source.imageShape,
    inputSize: source.imageShape.reduce((product, length) => product * length, 1),
    classes: labels.length,
    checksum: checksum(source.imageShape, labels, [train, validation, test]),
    train,
    validation,
    test,
  };
}

async function openSource(spec: DataSpec): Promise<Source> {
  switch (spec.set) {
    case 'mnist':
      return readMnist();
    case 'synthetic':
      return synthesize(spec.synthetic ?? DEFAULT_SYNTHETIC);
    case 'folder':
      if (!spec.folder) throw new DataError('folder: expected the path of a folder of IDX files, got nothing');
      return readIdxFolder(spec.folder, basename(resolve(spec.folder)));
    default:
      throw new DataError(`set: expected mnist, synthetic or folder, got ${String(spec.set)}`);
  }
}

function chooseClasses({ classes }: DataSpec, { name, train, test }: Source): readonly number[] {
  if (classes === undefined) {
    const labels = distinctLabels(train);
    checkClassesOccur(distinctLabels(test), train, `${name}'s training examples`);
    return labels;
  }
  if (classes.length < 2 || new Set(classes).size < classes.length) {
    throw new DataError(`classes: expected two or more different labels, got [${classes.join()}]`);
  }
  checkClassesOccur(classes, train, `${name}'s training examples`);
  checkClassesOccur(classes, test, `${name}'s test examples`);
  return classes;
}

/** Returns the training split's size. */
function checkSizes({ validation, limit }: DataSpec, examples: number): number {
  if (!(Number.isInteger(validation) && validation >= 0 && validation < examples)) {
    throw new DataError(
      `validation: expected 0 to ${examples - 1} of the ${examples} training examples, got ${validation}`,
    );
  }
  const left = examples - validation;
  if (limit === undefined) return left;
  if (Number.isInteger(limit) && limit >= 1 && limit <= left) return limit;
  throw new DataError(`limit: expected 1 to ${left}, the training examples without the validation split, got ${limit}`);
}

function checksum(imageShape: readonly number[], labels: readonly number[], splits: readonly Split[]): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify({ imageShape, labels, sizes: splits.map((split) => split.size) }));
  for (const split of splits) hash.update(split.images).update(split.labels);
  return hash.digest('hex');
}
