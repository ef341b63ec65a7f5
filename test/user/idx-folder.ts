import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Size of the made-up images, and in how many classes they fall. */
const side = 8;
const classes = 4;

/** Writes a folder of four IDX files, one of them gzipped: noise, with one quarter of the image brighter, which is the class. */
export function writeIdxFolder(folder: string, sizes: { train: number; test: number }): void {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, bytes: Buffer) => writeFileSync(join(folder, name), bytes);
  write('train-images-idx3-ubyte.gz', gzipSync(idx([sizes.train, side, side], images(sizes.train))));
  write('train-labels-idx1-ubyte', idx([sizes.train], labels(sizes.train)));
  write('t10k-images-idx3-ubyte', idx([sizes.test, side, side], images(sizes.test)));
  write('t10k-labels-idx1-ubyte', idx([sizes.test], labels(sizes.test)));
}

/** Two zeros, the type (8: unsigned byte), the number of dimensions, then each as a big-endian number, then the bytes. */
function idx(dimensions: readonly number[], bytes: Uint8Array): Buffer {
  const header = Buffer.alloc(4 + 4 * dimensions.length);
  header.set([0, 0, 8, dimensions.length]);
  dimensions.forEach((length, n) => {
    header.writeUInt32BE(length, 4 + 4 * n);
  });
  return Buffer.concat([header, bytes]);
}

function labels(size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, example) => example % classes);
}

function images(size: number): Uint8Array {
  const half = side / 2;
  let noise = 1;
  return Uint8Array.from({ length: size * side * side }, (_, pixel) => {
    const example = Math.floor(pixel / (side * side));
    const [row, column] = [Math.floor((pixel % (side * side)) / side), pixel % side];
    const quarter = 2 * Math.floor(row / half) + Math.floor(column / half);
    noise = (noise * 48271) % 2147483647;
    return (quarter === example % classes ? 150 : 30) + (noise % 60);
  });
}
