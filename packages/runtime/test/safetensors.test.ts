import fc from 'fast-check';
import { CheckpointError, decodeSafetensors, encodeSafetensors } from '../dist/index.js';
import { exampleTensors } from './example-checkpoint.ts';

/** A file made by hand from any header. */
function fileOf(header: unknown, data: readonly number[] = []): Uint8Array {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(data, 8 + json.length);
  return bytes;
}

const entry = (shape: unknown, data_offsets: unknown, dtype: unknown = 'F32') => ({ dtype, shape, data_offsets });
const zeros = (n: number) => new Array<number>(n).fill(0);

describe('encodeSafetensors', () => {
  it('writes the bytes of the format', () => {
    const bytes = encodeSafetensors(
      { b: { shape: [1], data: Float32Array.of(1) }, a: { shape: [0], data: new Float32Array() } },
      { k: 'v' },
    );
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    const text = Buffer.from(bytes.subarray(8, 8 + length)).toString();
    expect(text).toMatch(/^\{"__metadata__":\{"k":"v","sha256":"[0-9a-f]{64}"\},"a":.*\} *$/);
    expect(JSON.parse(text)).toMatchObject({ a: entry([0], [0, 0]), b: entry([1], [0, 4]) });
    expect([...bytes.subarray(8 + length)]).toEqual([0, 0, 0x80, 0x3f]);
  });

  it('refuses a shape that is not that of the elements', () => {
    const wrong = { a: { shape: [2, 2], data: new Float32Array(3) } };
    expect(() => encodeSafetensors(wrong, {})).toThrow('a: expected 4 elements for [2, 2], got 3');
  });
});

describe('decodeSafetensors', () => {
  it('gives back any tensors and metadata, bit for bit', () => {
    const shape = fc.array(fc.nat({ max: 4 }), { maxLength: 3 });
    const tensor = shape.chain((shape) => {
      const length = shape.reduce((product, n) => product * n, 1);
      return fc.float32Array({ minLength: length, maxLength: length }).map((data) => ({ shape, data }));
    });
    const name = fc.string({ minLength: 1 }).filter((name) => name !== '__metadata__');
    const metadata = fc.dictionary(
      fc.string().filter((key) => key !== 'sha256'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.dictionary(name, tensor), metadata, (tensors, metadata) => {
        const decoded = decodeSafetensors(encodeSafetensors(tensors, metadata), 'x');
        expect(bitsOf(decoded.tensors)).toEqual(bitsOf(tensors));
        expect(decoded.metadata).toEqual({ ...metadata, sha256: expect.any(String) });
      }),
    );
  });

  it('reads files of other programs, without a hash and in any order', () => {
    const header = { second: entry([1], [4, 8]), first: entry([], [0, 4]) };
    const { tensors, metadata } = decodeSafetensors(fileOf(header, [0, 0, 0x80, 0x3f, 0, 0, 0, 0x40]), 'x');
    expect(metadata).toEqual({});
    expect(tensors.first).toEqual({ shape: [], data: Float32Array.of(1) });
    expect(tensors.second).toEqual({ shape: [1], data: Float32Array.of(2) });
  });

  it.each([
    ['no header length', new Uint8Array(7), 'truncated: 7 bytes'],
    ['a header longer than the file', fileOf({}).subarray(0, 9), 'truncated: a header of 2 bytes'],
    ['a header longer than any', new Uint8Array(16).fill(0xff), 'the most is 100000000'],
    ['no JSON', fileOf('{"a":'), 'not a JSON object'],
    ['no object', fileOf('[1]'), 'not a JSON object'],
    ['no UTF-8', Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0xff), 'not a JSON object'],
    ['metadata that are no strings', fileOf({ __metadata__: { a: 1 } }), '__metadata__'],
    ['no entry', fileOf({ a: 1 }), 'a: expected {dtype, shape, data_offsets}'],
    ['another type', fileOf({ a: entry([1], [0, 2], 'F16') }, zeros(2)), 'a: expected dtype F32, got "F16"'],
    ['a negative length', fileOf({ a: entry([-1], [0, 4]) }, zeros(4)), 'a: expected a shape'],
    ['one offset', fileOf({ a: entry([1], [0]) }, zeros(4)), 'a: expected two data_offsets'],
    ['a shape of more bytes', fileOf({ a: entry([2], [0, 4]) }, zeros(4)), 'a: expected 8 bytes for [2], got 4'],
    ['offsets outside', fileOf({ a: entry([2], [0, 8]) }, zeros(4)), 'truncated: a ends at byte 8'],
    ['an overlap', fileOf({ a: entry([1], [0, 4]), b: entry([1], [0, 4]) }, zeros(4)), 'b: its bytes from 0 overlap'],
    ['a hole', fileOf({ a: entry([1], [4, 8]) }, zeros(8)), 'a: expected its bytes to begin at 0'],
    ['data of nobody', fileOf({ a: entry([1], [0, 4]) }, zeros(5)), 'expected 4 bytes of data, got 5'],
  ])('refuses %s, naming the file and the fault', (_, bytes, fault) => {
    expect(() => decodeSafetensors(bytes, 'runs/x/last.safetensors')).toThrow(CheckpointError);
    expect(() => decodeSafetensors(bytes, 'runs/x/last.safetensors')).toThrow(
      `runs/x/last.safetensors: corrupt checkpoint: ${''}`,
    );
    expect(() => decodeSafetensors(bytes, 'x')).toThrow(fault);
  });

  it('finds any flipped bit of the data', () => {
    const bytes = encodeSafetensors(exampleTensors(), {});
    for (let at = bytes.length - 40; at < bytes.length; at++) {
      const flipped = bytes.slice();
      flipped[at]! ^= 1 << (at % 8);
      expect(() => decodeSafetensors(flipped, 'x')).toThrow(
        'x: corrupt checkpoint: its content does not match its SHA-256',
      );
    }
  });

  it('meets any corruption with a CheckpointError or unharmed tensors', () => {
    const bytes = encodeSafetensors(exampleTensors(), { step: '5' });
    const flips = fc.array(fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 })), { maxLength: 1 });
    fc.assert(
      fc.property(flips, fc.nat({ max: bytes.length }), (flips, length) => {
        const corrupt = bytes.slice(0, length < bytes.length / 2 ? length : bytes.length);
        for (const [at, value] of flips) corrupt[at] = value;
        const decoded = decodeOrRefuse(corrupt);
        if (decoded !== null) expect(bitsOf(decoded.tensors)).toEqual(bitsOf(exampleTensors()));
      }),
      { numRuns: 500 },
    );
  });

  it('meets bytes that were never a checkpoint with a CheckpointError', () => {
    const header = fc.dictionary(
      fc.constantFrom('a', 'b', '__metadata__', '__proto__'),
      fc.oneof(
        fc.jsonValue(),
        fc.record({ dtype: fc.constant('F32'), shape: fc.jsonValue(), data_offsets: fc.jsonValue() }),
      ),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 64 }),
          header.map((value) => fileOf(value, zeros(16))),
        ),
        (bytes) => {
          decodeOrRefuse(bytes);
        },
      ),
      { numRuns: 500 },
    );
  });
});

function decodeOrRefuse(bytes: Uint8Array) {
  try {
    return decodeSafetensors(bytes, 'x');
  } catch (error) {
    expect(error).toBeInstanceOf(CheckpointError);
    return null;
  }
}

function bitsOf(tensors: Readonly<Record<string, { shape: readonly number[]; data: Float32Array }>>) {
  return Object.entries(tensors)
    .map(([name, { shape, data }]) => [
      name,
      shape,
      Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex'),
    ])
    .sort();
}
