import { createHash } from 'node:crypto';
import { digest, shortDigest } from '../dist/index.js';
import { exampleTensors } from './example-checkpoint.ts';

describe('digest', () => {
  it('is SHA-256 over name, shape and little-endian bytes in name order', () => {
    const one = Uint8Array.of(0, 0, 0x80, 0x3f);
    const expected = createHash('sha256').update('a [1]\n').update(one).update('b []\n').update(one).digest('hex');
    const b = { shape: [], data: Float32Array.of(1) };
    const a = { shape: [1], data: Float32Array.of(1) };
    expect(digest({ b, a })).toBe(expected);
    expect(digest({ a, b })).toBe(expected);
    expect(shortDigest(expected)).toBe(expected.slice(0, 16));
  });

  it('reads a view of a larger buffer at its own place', () => {
    const data = Float32Array.of(9, 1, 2, 9).subarray(1, 3);
    expect(digest({ a: { shape: [2], data } })).toBe(digest({ a: { shape: [2], data: Float32Array.of(1, 2) } }));
  });

  it('tells apart shapes, names, and zeros of either sign', () => {
    const ones = new Float32Array(6).fill(1);
    const digests = [
      digest({ a: { shape: [2, 3], data: ones } }),
      digest({ a: { shape: [3, 2], data: ones } }),
      digest({ b: { shape: [2, 3], data: ones } }),
      digest({ a: { shape: [1], data: Float32Array.of(0) } }),
      digest({ a: { shape: [1], data: Float32Array.of(-0) } }),
      digest(exampleTensors()),
    ];
    expect(new Set(digests).size).toBe(digests.length);
  });
});
