import fc from 'fast-check';
import { type Curve, prunedRuns } from '../dist/index.js';

const rule = { on: 'adversarialError', epochs: [5, 10], fewest: 3 } as const;
const curve = (...errors: number[]): Curve => ({
  errors: new Map(errors.map((error, n) => [rule.epochs[n]!, error])),
  knownUpTo: errors.length === 2 ? Number.POSITIVE_INFINITY : (rule.epochs[errors.length - 1] ?? 0),
});

describe('the median rule', () => {
  it('gives up who is worse than the median of the lower-numbered ones, once there are enough', () => {
    const curves = [
      curve(0.9, 0.9),
      curve(0.2, 0.2),
      curve(0.3, 0.3),
      curve(0.31, 0.1),
      curve(0.29, 0.5),
      curve(0.305),
    ];
    // At epoch 5: .31 > median(.2, .3, .9) = .3; .29 is not; .305 is worse than median(.2, .29, .3, .31, .9) = .3.
    // At epoch 10: .5 > median(.2, .3, .9) = .3.
    expect([...prunedRuns(curves, rule)]).toEqual([
      [3, { epoch: 5, error: 0.31, median: 0.3 }],
      [5, { epoch: 5, error: 0.305, median: 0.3 }],
      [4, { epoch: 10, error: 0.5, median: 0.3 }],
    ]);
  });

  it('waits until all lower-numbered runs are known that far', () => {
    const curves = [curve(0.1, 0.1), curve(0.1, 0.1), curve(), curve(0.1, 0.1), curve(0.9, 0.9)];
    expect(prunedRuns(curves, rule).size).toBe(0);
    curves[2] = curve(0.1);
    expect([...prunedRuns(curves, rule).keys()]).toEqual([4]);
  });

  it('passes over who ended before', () => {
    const ended: Curve = { errors: new Map(), knownUpTo: Number.POSITIVE_INFINITY };
    const curves = [curve(0.1, 0.1), ended, curve(0.1, 0.1), curve(0.1, 0.1), curve(0.9, 0.9)];
    expect([...prunedRuns(curves, rule).keys()]).toEqual([4]);
  });

  it('never takes back a verdict, in whatever order the errors come', () => {
    const error = fc.integer({ min: 0, max: 20 }).map((n) => n / 20);
    const errors = fc.array(fc.tuple(error, error), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(errors, fc.infiniteStream(fc.nat()), (all, draws) => {
        const final = prunedRuns(
          all.map((own) => curve(...own)),
          rule,
        );
        const reached = all.map(() => 0);
        while (reached.some((n) => n < 2)) {
          const n = draws.next().value! % all.length;
          reached[n] = Math.min(2, reached[n]! + 1);
          const known = prunedRuns(
            all.map((own, i) => curve(...own.slice(0, reached[i]))),
            rule,
          );
          for (const [number, verdict] of known) expect(final.get(number)).toEqual(verdict);
        }
      }),
    );
  });
});
