import fc from 'fast-check';
import { compare, describe as described, signedRank, studentCdf, studentQuantile } from '../dist/index.js';
import { normalTwoSided } from '../dist/statistics/special-functions.js';
import { midRanks } from '../dist/statistics/wilcoxon.js';

// Where nothing else is said, the expected values are SciPy 1.17.1's.
const wave = (n: number, modulus: number, shift: number, scale: number, offset = 0) =>
  Array.from({ length: n }, (_, i) => (((i * 37) % modulus) - shift) / scale + offset);

describe('a description', () => {
  it('has the standard deviation of the sample', () => {
    // By hand: deviations −3, −1, 1, 3 from 5; 20 / 3.
    expect(described([2, 4, 6, 8])).toEqual({ n: 4, mean: 5, std: Math.sqrt(20 / 3), min: 2, max: 8 });
    expect(described([7])).toEqual({ n: 1, mean: 7, std: null, min: 7, max: 7 });
    expect(described([])).toBeNull();
  });
});

describe("Wilcoxon's signed-rank test", () => {
  it('of six differences of one sign has p = 2/2⁶', () => {
    expect(signedRank([1, 2, 3, 4, 5, 6])).toEqual({ n: 6, positiveRanks: 21, pValue: 1 / 32, method: 'exact' });
  });

  it.each([
    ['8 differences', [1.2, -0.4, 2.2, 3.1, 0.7, -1.1, 0.9, 1.6], 0.078125],
    ['25', wave(25, 101, 40, 10, 0.01), 0.16449612379074097],
    ['50', wave(50, 101, 40, 10, 0.01), 0.029727315082014982],
    // scipy.stats.PermutationMethod, over all 2⁸ choices
    ['8 with ties', [1, 1, -1, 2, 2, 3, -3, 4], 0.2421875],
  ])('is exact for %s', (_, differences, p) => {
    const { pValue, method } = signedRank(differences);
    expect(method).toBe('exact');
    expect(pValue).toBeCloseTo(p, 14);
  });

  it.each([
    ['60 differences, one of them zero', wave(60, 101, 40, 10), 59, 0.02263320893600752],
    ['80 with many ties', wave(80, 11, 4, 1), 72, 0.009767460681705632],
  ])('approximates by the normal distribution for %s', (_, differences, n, p) => {
    const test = signedRank(differences);
    expect(test).toMatchObject({ n, method: 'normal approximation' });
    expect(test.pValue).toBeCloseTo(p, 13);
  });

  it('says nothing of no differences', () => {
    expect(signedRank([0, 0])).toEqual({ n: 0, positiveRanks: 0, pValue: 1, method: 'exact' });
  });

  it('shares ranks among equal values', () => {
    expect(midRanks([3, 1, 3, 2, 3])).toEqual([4, 1, 4, 2, 4]);
  });

  it('does not depend on the order, nor on which of the two comes first', () => {
    const list = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 70 });
    fc.assert(
      fc.property(list, (differences) => {
        const { pValue } = signedRank(differences);
        expect(signedRank([...differences].reverse()).pValue).toBeCloseTo(pValue, 12);
        expect(signedRank(differences.map((difference) => -difference)).pValue).toBeCloseTo(pValue, 12);
        expect(pValue).toBeGreaterThan(0);
        expect(pValue).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('distributions', () => {
  it.each([
    [0.975, 1, 12.706204736174694],
    [0.975, 5, 2.5705818356363146],
    [0.975, 9, 2.262157162798205],
    [0.975, 99, 1.9842169515864174],
    [0.9, 3, 1.637744353696209],
  ])("Student's t has its %f quantile with %d degrees of freedom at %f", (p, freedom, t) => {
    expect(studentQuantile(p, freedom)).toBeCloseTo(t, 10);
    expect(studentQuantile(1 - p, freedom)).toBeCloseTo(-t, 10);
  });

  it.each([
    [1.5, 4, 0.896],
    [-2.3, 7, 0.027495547602185796],
    [0, 3, 0.5],
    [8, 2, 0.9923659639173309],
  ])("Student's t is at most %f with %d degrees of freedom with chance %f", (t, freedom, p) => {
    expect(studentCdf(t, freedom)).toBeCloseTo(p, 13);
  });

  it.each([
    [0, 1],
    [0.1, 0.920344325445942],
    [1, 0.31731050786291415],
    [1.7, 0.08913092551708608],
    [1.8, 0.07186063822585158],
    [3, 0.0026997960632601866],
    [6, 1.973175290075389e-9],
  ])('a standard normal number is beyond ±%f with chance %f', (z, p) => {
    expect(Math.abs(normalTwoSided(z) - p)).toBeLessThanOrEqual(1e-12 * p);
  });
});

describe('a comparison', () => {
  const bySeed = (values: number[], from = 0) => new Map(values.map((value, n) => [from + n, value]));
  const figures = bySeed([0.021, 0.019, 0.023, 0.02, 0.018, 0.025]);
  const baseline = bySeed([0.03, 0.027, 0.029, 0.031, 0.024, 0.03]);

  it('pairs by seed', () => {
    const compared = compare(figures, baseline)!;
    expect(compared.n).toBe(6);
    expect(compared.meanDifference).toBeCloseTo(-0.0075, 14);
    expect(compared.interval[0]).toBeCloseTo(-0.009869959351475856, 12);
    expect(compared.interval[1]).toBeCloseTo(-0.005130040648524145, 12);
    expect(compared.test.pValue).toBe(1 / 32);
  });

  it('sees equal differences of fractions as ties', () => {
    // .021 − .02 and .031 − .03 differ in their last digits.
    const [a, b] = [bySeed([0.021, 0.031, 0.041, 0.051, 0.061, 0.08]), bySeed([0.02, 0.03, 0.04, 0.05, 0.06, 0.09])];
    expect(compare(a, b)!.test.positiveRanks).toBe(15);
  });

  it('needs six seeds that both have', () => {
    expect(compare(figures, bySeed([0.03, 0.027, 0.029, 0.031, 0.024, 0.03], 1))).toBeNull();
  });
});
