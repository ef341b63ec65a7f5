import { endianness } from 'node:os';
import { Malformed } from '../codec.js';
import { crc32 } from '../crc32.js';
import { sparring } from '../generated/messages.js';
import type { NamedTensors } from '../tensors.js';
import { integer, invalid, key, present } from './fields.js';

/*
 * Tensors travel as they lie in memory, and are read where they arrived: nothing is copied, nothing converted. The wire is
 * little-endian, and so must the machine be.
 */
if (endianness() !== 'LE') throw new Error('sparring needs a little-endian machine, and this one is big-endian');

const { Encoding } = sparring.v1;
type Tensor = sparring.v1.Tensor.$Properties;

/** The body that goes with a head: views of tensors, in the order in which the head describes them. */
export class BodyWriter {
  readonly body: Uint8Array[] = [];

  /** Each of these takes an array in, and returns its description. */
  named(tensors: NamedTensors): Tensor[] {
    return Object.entries(tensors).map(([name, values]) => this.float32(values, name));
  }

  float32(values: Float32Array, name = ''): Tensor {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    return { name, encoding: Encoding.ENCODING_FLOAT32, elements: values.length, crc32: this.bytes(bytes) };
  }

  signs(codes: Uint8Array): Tensor {
    return { encoding: Encoding.ENCODING_SIGNS, elements: codes.length, crc32: this.bytes(codes) };
  }

  /** Returns their checksum. */
  bytes(bytes: Uint8Array): number {
    this.body.push(bytes);
    return crc32(bytes);
  }
}

/** Reads a body from its beginning, as views. */
export class BodyReader {
  readonly #body: Uint8Array;
  #at = 0;

  constructor(body: Uint8Array) {
    this.#body = body;
  }

  named(tensors: readonly Tensor[] | null | undefined, field: string): NamedTensors {
    const read = new Map<string, Float32Array>();
    for (const tensor of tensors ?? []) {
      const name = key(tensor.name, field);
      if (read.has(name)) throw invalid(field, 'each name once', name);
      read.set(name, this.float32(tensor, `${field}/${name}`));
    }
    return Object.fromEntries(read);
  }

  float32(tensor: Tensor | null | undefined, field: string): Float32Array {
    const { encoding, elements, crc32 } = present(tensor, field);
    if (encoding !== Encoding.ENCODING_FLOAT32) throw invalid(field, 'float32', encoding ?? 0);
    const { buffer, byteOffset, byteLength } = this.bytes(4 * integer(elements, field), crc32, field);
    return new Float32Array(buffer, byteOffset, byteLength / 4);
  }

  signs(tensor: Tensor, field: string): Uint8Array {
    const codes = this.bytes(integer(tensor.elements, field), tensor.crc32, field);
    // Both bits of a pair.
    if (codes.some((four) => (four & (four >> 1) & 0b01010101) !== 0)) throw invalid(field, 'codes 0, 1 and 2', 3);
    return codes;
  }

  /** So many bytes, whose checksum is this. */
  bytes(length: number, expected: number | null | undefined, field: string): Uint8Array {
    const left = this.#body.length - this.#at;
    if (length > left)
      throw new Malformed('shape', `${field}: the head says ${length} bytes, the body has ${left} left`);
    const bytes = this.#body.subarray(this.#at, this.#at + length);
    this.#at += length;
    if (crc32(bytes) !== (expected ?? 0)) throw new Malformed('corrupt', `${field}: its bytes have another checksum`);
    return bytes;
  }

  /** Nothing is left over. */
  end(): void {
    const left = this.#body.length - this.#at;
    if (left > 0) throw new Malformed('shape', `${left} bytes of the body are none of what the head describes`);
  }
}
