import { type DataSet, readBatch, type Split } from '@sparring/data';

/** The examples that pictures are made of: always the same ones of a data set. */
export interface ChosenExamples {
  readonly split: Split;
  readonly indices: readonly number[];
  /** float32 [examples, inputs] */
  readonly x: Float32Array;
  readonly labels: Int32Array;
}

const mostExamples = 8;

/** One example of each class, in the order in which they come, and others where there are few classes; of the test split where none is held back. */
export function chooseExamples({ validation, test, classes, inputSize }: DataSet): ChosenExamples {
  const split = validation.size > 0 ? validation : test;
  const wanted = Math.min(mostExamples, split.size);
  const each = Math.ceil(wanted / Math.min(classes, mostExamples));
  const taken = new Map<number, number>();
  const indices: number[] = [];
  for (let i = 0; i < split.size && indices.length < wanted; i++) {
    const label = split.labels[i]!;
    const before = taken.get(label) ?? 0;
    if (before >= each) continue;
    taken.set(label, before + 1);
    indices.push(i);
  }
  indices.sort((a, b) => split.labels[a]! - split.labels[b]! || a - b);
  const x = new Float32Array(indices.length * inputSize);
  const labels = new Int32Array(indices.length);
  readBatch(split, Uint32Array.from(indices), 0, indices.length, x, labels, 0);
  return { split, indices, x, labels };
}
