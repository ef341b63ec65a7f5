import fc from 'fast-check';
import { keepProbability } from '../dist/mask.js';
import { Random } from '../dist/random.js';
import type { RandomKey } from '../dist/random-key.js';

const KEY: RandomKey = { seed: 3, purpose: 'clean-mask', epoch: 0, step: 5, shard: 0 };
const keeps = fc.double({ min: 2 ** -16, max: 1, noNaN: true });

test('the keep probability used is a multiple of 1/256 where that is within 0.001, else of 1/65536', () => {
  expect(keepProbability(1)).toBe(1);
  expect(keepProbability(0.5)).toBe(0.5);
  expect(keepProbability(0.8)).toBe(205 / 256);
  expect(keepProbability(0.9)).toBe(58982 / 65536);
  expect(keepProbability(0.9995)).toBe(65503 / 65536); // 256/256 would drop none
  expect(keepProbability(0.0005)).toBe(33 / 65536); // 0/256 would keep none
});

test('the keep probability used is within 0.001 of the one asked for, and is its own', () => {
  fc.assert(
    fc.property(keeps, (keep) => {
      expect(Math.abs(keepProbability(keep) - keep)).toBeLessThanOrEqual(1e-3);
      expect(keepProbability(keepProbability(keep))).toBe(keepProbability(keep));
    }),
  );
});

test.each([0, -0.5, 1.01, Number.NaN])('a keep probability of %p is refused', (keep) => {
  const message = `keep: expected 2^-16 (0.0000153) to 1, got ${keep}`;
  expect(() => keepProbability(keep)).toThrow(new RangeError(message));
  expect(() => new Random(KEY).mask(4, keep)).toThrow(new RangeError(message));
});

test.each([0.5, 0.8, 0.25, 0.1, 0.9, 0.97, 0.003])('units are kept %p of the time, independently', (keep) => {
  const n = 200_000;
  const mask = new Random(KEY).mask(n, keep);
  const p = keepProbability(keep);
  let kept = 0;
  let keptTogether = 0;
  for (let i = 0; i < n; i++) {
    kept += mask[i]!;
    keptTogether += mask[i]! & mask[(i + 1) % n]!;
  }
  const deviations = (count: number, q: number): number => Math.abs(count - n * q) / Math.sqrt(n * q * (1 - q));
  expect(deviations(kept, p)).toBeLessThan(4);
  expect(deviations(keptTogether, p * p)).toBeLessThan(6); // neighbouring pairs overlap: somewhat wider
  expect(mask.every((unit) => unit <= 1)).toBe(true);
});

test('a unit is kept when its byte, or its 16 bits, lie below the threshold', () => {
  fc.assert(
    fc.property(keeps, fc.nat({ max: 70 }), (keep, n) => {
      fc.pre(keep < 1);
      const p = keepProbability(keep);
      const bits = Math.abs(Math.round(keep * 256) / 256 - keep) <= 1e-3 && Number.isInteger(p * 256) ? 8 : 16;
      const words = new Random(KEY).uint32(70);
      const expected = Array.from({ length: n }, (_, unit) => {
        const word = words[Math.floor((unit * bits) / 32)]!;
        return (word >>> ((unit * bits) % 32)) % 2 ** bits < p * 2 ** bits ? 1 : 0;
      });
      expect([...new Random(KEY).mask(n, keep)]).toEqual(expected);
    }),
  );
});

test.each([0.5, 0.9])('the mask does not depend on where its buffer lies (keep %p)', (keep) => {
  const expected = Buffer.from(new Random(KEY).mask(20_001, keep));
  for (let offset = 0; offset < 4; offset++) {
    const buffer = new Uint8Array(20_010).fill(9);
    new Random(KEY).fillMask(buffer.subarray(offset, offset + 20_001), keep);
    expect(expected.equals(buffer.subarray(offset, offset + 20_001))).toBe(true);
    expect([buffer[offset - 1] ?? 9, buffer[offset + 20_001]]).toEqual([9, 9]);
  }
});

test.each([0.5, 0.9])('masks of n and then m units are one of n + m where n is a multiple of 4 (keep %p)', (keep) => {
  const cut = new Random(KEY);
  const parts = [24_000, 784, 3].map((n) => cut.mask(n, keep));
  expect(Buffer.concat(parts).equals(new Random(KEY).mask(24_787, keep))).toBe(true);
});

test('keep 1 keeps all and uses no random number', () => {
  const random = new Random(KEY);
  expect(random.mask(5, 1)).toEqual(new Uint8Array(5).fill(1));
  expect(random.uint32(1)).toEqual(new Random(KEY).uint32(1));
});
