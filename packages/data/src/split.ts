import { DataError } from './data-error.js';

/** Examples in order. Both arrays lie in SharedArrayBuffers, so that posting them to a thread copies nothing. */
export interface Split {
  /** [size, …imageShape]; pixel value = byte / 255 */
  readonly images: Uint8Array;
  /** [size], class numbers from 0 */
  readonly labels: Uint8Array;
  readonly size: number;
}

/** A data set as its source holds it: labels as written there, nothing selected, memory not necessarily shared. */
export interface Source {
  readonly name: string;
  readonly imageShape: readonly number[];
  readonly train: Split;
  readonly test: Split;
}

/** The labels that occur, ascending. */
export function distinctLabels(split: Split): number[] {
  return [...new Set(split.labels)].sort((a, b) => a - b);
}

/** The examples whose label is in `classes`, in their order, the label replaced by its position there. */
export function selectClasses(split: Split, classes: readonly number[]): Split {
  const position = new Int16Array(256).fill(-1);
  for (const [i, label] of classes.entries()) position[label] = i;
  const size = split.labels.reduce((n, label) => (position[label]! < 0 ? n : n + 1), 0);
  const inputSize = split.images.length / split.size;
  const images = new Uint8Array(new SharedArrayBuffer(size * inputSize));
  const labels = new Uint8Array(new SharedArrayBuffer(size));
  for (let example = 0, to = 0; example < split.size; example++) {
    const label = position[split.labels[example]!]!;
    if (label < 0) continue;
    images.set(split.images.subarray(example * inputSize, (example + 1) * inputSize), to * inputSize);
    labels[to++] = label;
  }
  return { images, labels, size };
}

/** Examples [from, to), in the same memory. */
export function slice(split: Split, from: number, to: number): Split {
  const inputSize = split.size === 0 ? 0 : split.images.length / split.size;
  return {
    images: split.images.subarray(from * inputSize, to * inputSize),
    labels: split.labels.subarray(from, to),
    size: to - from,
  };
}

/** @throws DataError when one of `classes` has no example, in words that name the source and its labels */
export function checkClassesOccur(classes: readonly number[], split: Split, where: string): void {
  const present = distinctLabels(split);
  const absent = classes.filter((label) => !present.includes(label));
  if (absent.length === 0) return;
  throw new DataError(
    `classes: ${where} have no example of ${absent.join(', ')}; their labels are ${present.join(', ')}`,
  );
}
