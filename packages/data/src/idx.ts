import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { DataError } from './data-error.js';

const unzip = promisify(gunzip);

/** The IDX format's type codes (its third byte), from the description of the MNIST files. */
const TYPE_NAMES: Readonly<Record<number, string>> = {
  8: 'unsigned bytes',
  9: 'signed bytes',
  11: '16-bit integers',
  12: '32-bit integers',
  13: '32-bit floats',
  14: '64-bit floats',
};
const UNSIGNED_BYTES = 8;

/** An array read from an IDX file of unsigned bytes; `bytes` in row-major order. */
export interface IdxArray {
  readonly file: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/**
 * Reads an IDX file of unsigned bytes, gzipped or not (its first bytes tell, whatever its name).
 *
 * @param dimensions how many dimensions it must have: 3 for images, 1 for labels
 * @param sha256 what the unzipped contents must hash to, in hex, where that is known
 * @throws DataError when it cannot be read or is not such a file, whole and without anything after its data
 */
export async function readIdx(file: string, dimensions: number, sha256?: string): Promise<IdxArray> {
  const contents = await readContents(file);
  const array = parseIdx(file, contents, dimensions);
  const found = sha256 && createHash('sha256').update(contents).digest('hex');
  if (found !== sha256) throw new DataError(`${file}: contents of SHA-256 ${found}, expected ${sha256}`);
  return array;
}

/** As readIdx, from the uncompressed contents; `file` is only named in errors. */
export function parseIdx(file: string, contents: Uint8Array, dimensions: number): IdxArray {
  const headerSize = 4 + 4 * dimensions;
  const expected = `expected an IDX file of unsigned bytes with ${count(dimensions)}`;
  if (contents.length < 4) {
    throw new DataError(`${file}: ${contents.length} bytes, ${expected} (a header of ${headerSize} bytes, then data)`);
  }
  const [zero0, zero1, type, rank] = contents as unknown as [number, number, number, number];
  const magic = Buffer.from(contents.subarray(0, 4)).toString('hex');
  if (zero0 !== 0 || zero1 !== 0 || TYPE_NAMES[type] === undefined) {
    throw new DataError(`${file}: begins with 0x${magic}, ${expected} (0x0000080${dimensions})`);
  }
  if (type !== UNSIGNED_BYTES) throw new DataError(`${file}: an IDX file of ${TYPE_NAMES[type]}, ${expected}`);
  if (rank !== dimensions) throw new DataError(`${file}: an IDX file with ${count(rank)}, ${expected}`);
  if (contents.length < headerSize) {
    throw new DataError(`${file}: truncated: ${contents.length} bytes, expected a header of ${headerSize}`);
  }
  const header = new DataView(contents.buffer, contents.byteOffset, headerSize);
  const shape = Array.from({ length: dimensions }, (_, i) => header.getUint32(4 + 4 * i));
  const size = headerSize + shape.reduce((product, length) => product * length, 1);
  if (contents.length !== size) {
    const wrong = contents.length < size ? 'truncated' : `${contents.length - size} bytes too many`;
    throw new DataError(
      `${file}: ${wrong}: ${contents.length} bytes, expected ${size} (a header of ${headerSize}, then ${shape.join(' × ')})`,
    );
  }
  return { file, shape, bytes: contents.subarray(headerSize) };
}

/** A file's bytes, unzipped where they are a gzip file's. @throws DataError when it cannot be read or unzipped */
async function readContents(file: string): Promise<Uint8Array> {
  try {
    const contents = await readFile(file);
    return contents[0] === 0x1f && contents[1] === 0x8b ? await unzip(contents) : contents;
  } catch (error) {
    throw new DataError(`${file}: cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

function count(dimensions: number): string {
  return dimensions === 1 ? '1 dimension' : `${dimensions} dimensions`;
}
