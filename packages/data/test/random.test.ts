import fc from 'fast-check';
import { normalQuantile } from '../dist/normal.js';
import { Random } from '../dist/random.js';
import type { RandomKey } from '../dist/random-key.js';

const KEY: RandomKey = { seed: 1, purpose: 'parameters', epoch: 0, step: 0, shard: 0 };
const mean = (numbers: ArrayLike<number>): number => Array.from(numbers).reduce((a, b) => a + b, 0) / numbers.length;

describe('a key', () => {
  test('names one stream, always the same', () => {
    expect(new Random({ ...KEY }).uint32(1000)).toEqual(new Random({ ...KEY }).uint32(1000));
  });

  test('puts every field into bits of its own', () => {
    const fc32 = fc.nat({ max: 2 ** 32 - 1 });
    const fc16 = fc.nat({ max: 2 ** 16 - 1 });
    const key = fc.record({
      seed: fc.maxSafeNat(),
      purpose: fc.constantFrom<RandomKey['purpose']>('batch-order', 'clean-mask', 'adversarial-mask', 'fingerprint'),
      epoch: fc32,
      step: fc32,
      shard: fc16,
      index: fc16,
    });
    fc.assert(
      fc.property(key, key, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(new Random(one).uint32(4).join() === new Random(other).uint32(4).join()).toBe(same);
      }),
    );
  });

  test.each<Partial<RandomKey>>([
    { seed: 2 },
    { seed: 1 + 2 ** 32 },
    { seed: 1 + 2 ** 52 },
    { purpose: 'clean-mask' },
    { epoch: 1 },
    { step: 1 },
    { shard: 1 },
    { index: 1 },
  ])('that differs in %p names another stream', (change) => {
    expect(new Random({ ...KEY, ...change }).uint32(4)).not.toEqual(new Random(KEY).uint32(4));
  });

  test('without an index is the key with index 0', () => {
    expect(new Random({ ...KEY, index: 0 }).uint32(4)).toEqual(new Random(KEY).uint32(4));
  });

  test('that does not fit its bits is refused by name', () => {
    const refuse = (change: object, message: string): void =>
      expect(() => new Random({ ...KEY, ...change })).toThrow(new RangeError(message));
    refuse({ seed: -1 }, 'seed: expected an integer from 0 to 2^53 - 1, got -1');
    refuse({ epoch: 1.5 }, 'epoch: expected an integer from 0 to 2^32 - 1, got 1.5');
    refuse({ step: 2 ** 32 }, 'step: expected an integer from 0 to 2^32 - 1, got 4294967296');
    refuse({ shard: 65536 }, 'shard: expected an integer from 0 to 2^16 - 1, got 65536');
    refuse({ index: Number.NaN }, 'index: expected an integer from 0 to 2^16 - 1, got NaN');
    expect(() => new Random({ ...KEY, purpose: 'toString' as never })).toThrow(
      /^purpose: expected one of batch-order, .*, got toString$/,
    );
  });
});

describe('a stream', () => {
  test('goes on where the last call stopped, however it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 9000 }), { maxLength: 6 }), (sizes) => {
        const cut = new Random(KEY);
        const parts = sizes.map((n) => Buffer.from(cut.uint32(n).buffer));
        const whole = new Random(KEY).uint32(sizes.reduce((sum, n) => sum + n, 0));
        expect(Buffer.concat(parts).equals(Buffer.from(whole.buffer))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test('gives one number a word, whatever is asked for', () => {
    const mixed = new Random(KEY);
    mixed.uniform(3, 0, 1);
    mixed.normal(5);
    mixed.mask(8, 0.5); // 2 words
    mixed.mask(4, 0.9); // 2 words of 16-bit units
    mixed.mask(9, 1); // none
    expect(mixed.uint32(2)).toEqual(new Random(KEY).uint32(14).subarray(12));
  });

  test('does not change from one version to the next', () => {
    const random = new Random({ seed: 7, purpose: 'clean-mask', epoch: 2, step: 1234, shard: 3, index: 1 });
    expect([...random.uint32(2)]).toEqual([219069291, 4220428484]);
    expect([...random.uniform(2, -1, 1)]).toEqual([0.08146584033966064, -0.9149872064590454]);
    expect([...random.normal(2)]).toEqual([-1.3871456384658813, -0.94730544090271]);
    expect([...random.permutation(8)]).toEqual([0, 2, 1, 4, 6, 5, 7, 3]);
    expect([...random.mask(16, 0.8)]).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1]);
  });
});

describe('uniform numbers', () => {
  const numbers = new Random(KEY).uniform(100_000, -2, 3);

  test('lie between low and high and have their mean and variance', () => {
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(-2);
    expect(Math.max(...numbers)).toBeLessThan(3);
    expect(mean(numbers)).toBeCloseTo(0.5, 1);
    expect(mean(numbers.map((x) => (x - 0.5) ** 2))).toBeCloseTo(25 / 12, 1);
  });

  test('fill sixteen equal bins evenly', () => {
    const bins = new Array<number>(16).fill(0);
    for (const x of numbers) bins[Math.floor(((x + 2) / 5) * 16)]!++;
    const expected = numbers.length / 16;
    const chiSquare = bins.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    expect(chiSquare).toBeLessThan(37.7); // 15 degrees of freedom, exceeded with probability 0.001
  });

  test('of [0, 1) are multiples of 2^-24', () => {
    const units = new Random(KEY).uniform(1000, 0, 1);
    expect(units.every((x) => x >= 0 && x < 1 && Number.isInteger(x * 2 ** 24))).toBe(true);
  });
});

describe('normal numbers', () => {
  test.each([
    [0.5, 0],
    [0.75, 0.6744897501960817],
    [0.925, 1.439531470938456],
    [0.975, 1.959963984540054],
    [0.995, 2.5758293035489004],
    [0.9999, 3.719016485455709],
    [1e-9, -5.997807015007686],
  ])('the quantile of %p is %p', (probability, quantile) => {
    expect(Math.abs(normalQuantile(probability) - quantile)).toBeLessThan(2e-7 * Math.max(1, Math.abs(quantile)));
  });

  test('have mean 0, variance 1, skewness 0 and kurtosis 3', () => {
    const numbers = Float64Array.from(new Random(KEY).normal(200_000));
    const moment = (k: number): number => mean(numbers.map((x) => x ** k));
    expect(Math.abs(moment(1))).toBeLessThan(0.01);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.015);
    expect(Math.abs(moment(3))).toBeLessThan(0.04);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.1);
  });
});

describe('a permutation', () => {
  test('holds every number once', () => {
    fc.assert(
      fc.property(fc.nat({ max: 300 }), fc.nat(), (n, seed) => {
        const order = new Random({ ...KEY, seed }).permutation(n);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      }),
    );
  });

  test('of four is each of the 24 equally often', () => {
    const random = new Random(KEY);
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = random.permutation(4).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    const chiSquare = [...counts.values()].reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
    expect(chiSquare).toBeLessThan(49.7); // 23 degrees of freedom, exceeded with probability 0.001
  });
});
