import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** An IDX file's bytes. */
export function idx(shape: number[], data: ArrayLike<number>, type = 8): Uint8Array {
  const file = new Uint8Array(4 + 4 * shape.length + data.length);
  file.set([0, 0, type, shape.length]);
  const header = new DataView(file.buffer);
  for (const [i, length] of shape.entries()) header.setUint32(4 + 4 * i, length);
  file.set(data, 4 + 4 * shape.length);
  return file;
}

/** Images of 2 × 3 pixels, one for each label, whose pixels are all 10 times the label plus the image's number. */
export function idxPair(labels: number[]): { images: Uint8Array; labels: Uint8Array } {
  const pixels = labels.flatMap((label, i) => new Array<number>(6).fill(10 * label + i));
  return { images: idx([labels.length, 2, 3], pixels), labels: idx([labels.length], labels) };
}

const made: string[] = [];

/** A new temporary folder with these files; names that end in .gz are gzipped. */
export async function folderOf(files: Record<string, Uint8Array>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'idx-'));
  made.push(folder);
  for (const [name, bytes] of Object.entries(files)) {
    await writeFile(join(folder, name), name.endsWith('.gz') ? gzipSync(bytes) : bytes);
  }
  return folder;
}

/** The four files of a set under their customary names, with `changes` (undefined: left out). */
export function fourFiles(
  train: number[],
  test: number[],
  changes: Record<string, Uint8Array | undefined> = {},
): Record<string, Uint8Array> {
  const files = {
    'train-images-idx3-ubyte': idxPair(train).images,
    'train-labels-idx1-ubyte': idxPair(train).labels,
    't10k-images-idx3-ubyte': idxPair(test).images,
    't10k-labels-idx1-ubyte': idxPair(test).labels,
    ...changes,
  };
  return Object.fromEntries(
    Object.entries(files).filter((entry): entry is [string, Uint8Array] => entry[1] !== undefined),
  );
}

export async function removeFolders(): Promise<void> {
  await Promise.all(made.splice(0).map((folder) => rm(folder, { recursive: true })));
}
