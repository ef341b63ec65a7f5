import { configurationCurves, quantile } from '../dist/sweep/spread.js';
import { captionOf, sweepPlots } from '../dist/view/sweep-plots.js';

const curve = (errors: readonly number[]) => ({
  epochs: errors.map((_, i) => i + 1),
  clean: errors,
  fgsm: errors.map(() => null),
  collapses: 0,
});

describe('what seeds come to together', () => {
  it('has quantiles between neighbours by straight lines', () => {
    const values = [0, 10, 20, 40];
    expect([0, 0.25, 0.5, 0.75, 1].map((p) => quantile(values, p))).toEqual([0, 7.5, 15, 25, 40]);
    expect(quantile([3], 0.25)).toBe(3);
  });

  it('says at each epoch how many runs it is of, since not all come as far', () => {
    const together = configurationCurves('a', [7, 8, 9], [curve([0.5, 0.1]), curve([0.3]), curve([0.4, 0.2, 0.2])]);
    const { numRuns, clean, fgsm, seeds } = together;
    expect(captionOf([together])).toBe(
      '3 seeds; the median, the middle half, and from the least to the largest; at each epoch of those runs that came so far.',
    );
    expect({ numRuns, fgsm }).toEqual({ numRuns: 3, fgsm: null });
    expect(clean).toMatchObject({
      ...{ epochs: [1, 2, 3], n: [3, 2, 1], min: [0.3, 0.1, 0.2], median: [0.4, 0.15, 0.2], max: [0.5, 0.2, 0.2] },
    });
    expect(seeds.map(({ seed, epochs }) => [seed, epochs.length])).toEqual([
      [7, 2],
      [8, 1],
      [9, 3],
    ]);
  });

  it('stays small for thousands of seeds and epochs, and keeps the last epoch', () => {
    const errors = Array.from({ length: 999 }, (_, i) => 1 / (i + 1));
    const curves = Array.from({ length: 2_000 }, () => curve(errors));
    const together = configurationCurves(
      'a',
      curves.map((_, seed) => seed),
      curves,
    );
    expect(together.clean!.epochs.length).toBeLessThanOrEqual(200);
    expect(together.clean!.epochs.at(-1)).toBe(999);
    expect(together.seeds).toHaveLength(24);
    expect(JSON.stringify(together).length).toBeLessThan(150_000);
  });

  it('is drawn seed by seed for one configuration, and as medians with bands for several', () => {
    const of = (label: string) => configurationCurves(label, [0, 1], [curve([0.5, 0.1]), curve([0.3, 0.2])]);
    const [alone] = sweepPlots([of('a')]);
    expect(alone!.curves.map(({ label, isThin = false }) => [label, isThin])).toEqual([
      ['seed 0', true],
      ['seed 1', true],
      ['median', false],
    ]);
    expect(alone!.bands!.map(({ low }) => low)).toEqual([
      [30, 10],
      [35, 12.5],
    ]);
    const [both] = sweepPlots([of('a'), of('b')]);
    expect(both!.curves.map(({ label, color }) => [label, color])).toEqual([
      ['a', 'blue'],
      ['b', 'orange'],
    ]);
    expect(both!.bands).toHaveLength(2);
  });
});
