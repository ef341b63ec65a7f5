import type { ConfigurationCurves, SeedCurve, Spread } from '../view/sweep-view.js';
import { mostSeedsDrawn } from '../view/sweep-view.js';
import type { RunCurve } from './run-curve.js';

/** Epochs that are drawn: more than that a plot does not show. */
const mostEpochs = 200;

/** A configuration's runs taken together: `seeds[i]` has the curve `curves[i]`. */
export function configurationCurves(
  label: string,
  seeds: readonly number[],
  curves: readonly RunCurve[],
): ConfigurationCurves {
  const last = curves.reduce((most, { epochs }) => Math.max(most, epochs.at(-1) ?? 0), 0);
  const isDrawn = thinned(last);
  return {
    label,
    numRuns: curves.length,
    clean: spreadOf(curves, 'clean', isDrawn),
    fgsm: spreadOf(curves, 'fgsm', isDrawn),
    seeds: curves.slice(0, mostSeedsDrawn).map((curve, i) => seedCurve(seeds[i]!, curve, isDrawn)),
  };
}

/** Which epochs are kept of so many: evenly many, the last of them. */
function thinned(last: number): (epoch: number) => boolean {
  const stride = Math.max(1, Math.ceil(last / mostEpochs));
  return (epoch) => (last - epoch) % stride === 0;
}

/** null where nothing was measured. */
function spreadOf(
  curves: readonly RunCurve[],
  error: 'clean' | 'fgsm',
  isDrawn: (epoch: number) => boolean,
): Spread | null {
  const byEpoch = new Map<number, number[]>();
  for (const { epochs, [error]: errors } of curves) {
    for (const [i, epoch] of epochs.entries()) {
      const value = errors[i];
      if (value == null || !isDrawn(epoch)) continue;
      const values = byEpoch.get(epoch);
      if (values) values.push(value);
      else byEpoch.set(epoch, [value]);
    }
  }
  if (byEpoch.size === 0) return null;
  const epochs = [...byEpoch.keys()].sort((a, b) => a - b);
  const sorted = epochs.map((epoch) => Float64Array.from(byEpoch.get(epoch)!).sort());
  const at = (p: number) => sorted.map((values) => rounded(quantile(values, p)));
  return {
    epochs,
    n: sorted.map(({ length }) => length),
    ...{ min: at(0), lowerQuartile: at(0.25), median: at(0.5), upperQuartile: at(0.75), max: at(1) },
  };
}

/** Between neighbours by straight lines, as R and numpy do where they are not told otherwise (Hyndman and Fan's seventh). */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  const place = p * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below]!;
  return low + (place - below) * ((sorted[below + 1] ?? low) - low);
}

function seedCurve(seed: number, curve: RunCurve, isDrawn: (epoch: number) => boolean): SeedCurve {
  const places = curve.epochs.flatMap((epoch, i) => (isDrawn(epoch) ? [i] : []));
  const at = (errors: readonly (number | null)[]) => places.map((i) => (errors[i] == null ? null : rounded(errors[i])));
  return { seed, epochs: places.map((i) => curve.epochs[i]!), clean: at(curve.clean), fgsm: at(curve.fgsm) };
}

/** Five digits are more than a screen shows. */
function rounded(error: number): number {
  return Math.round(error * 1e5) / 1e5;
}
