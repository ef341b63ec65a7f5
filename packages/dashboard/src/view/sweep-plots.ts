import { type Band, type ColorName, type Curve, configurationColors, type Plot } from './curves.js';
import { plural } from './figures.js';
import type { ConfigurationCurves, Spread } from './sweep-view.js';

const errors = [
  { attack: 'clean', title: 'Clean error on validation examples', color: 'blue' },
  { attack: 'fgsm', title: 'FGSM error on validation examples', color: 'orange' },
] as const;

/**
 * The plots of a sweep's curves over the epochs: of one configuration its seeds, their median and their spread; of several each one's
 * median and spread.
 */
export function sweepPlots(shown: readonly ConfigurationCurves[]): Plot[] {
  return errors.map(({ attack, title, color }): Plot => {
    const common = {
      key: `error-${attack}`,
      title,
      yLabel: 'error, %',
      unit: '%',
      range: [0, 100],
      marks: [],
    } as const;
    const [alone] = shown;
    const drawn =
      shown.length === 1 && alone
        ? ofOne(alone, attack, color)
        : ofSeveral(shown.map((curves) => ({ label: curves.label, spread: curves[attack] })));
    return { ...common, xLabel: 'epoch', ...drawn };
  });
}

/** What the plots show, in words. */
export function captionOf(shown: readonly ConfigurationCurves[]): string {
  const [alone] = shown;
  // Whoever stops early, or is still under way, has no part in the last epochs.
  const isUneven = shown.some(({ clean, numRuns }) => clean?.n.some((n) => n < numRuns));
  const clause = isUneven ? '; at each epoch of those runs that came so far' : '';
  if (shown.length !== 1 || !alone) return `Medians over the seeds, and from the least to the largest${clause}.`;
  const drawn = alone.seeds.length < alone.numRuns ? `, of which ${alone.seeds.length} are drawn` : '';
  const what = `${plural(alone.numRuns, 'seed')}${drawn}; the median, the middle half`;
  return `${what}, and from the least to the largest${clause}.`;
}

function ofOne(
  curves: ConfigurationCurves,
  attack: 'clean' | 'fgsm',
  color: ColorName,
): Pick<Plot, 'curves' | 'bands'> {
  const spread = curves[attack];
  if (!spread) return { curves: [], bands: [] };
  const seeds = curves.seeds.map((seed): Curve => {
    const measured = seed.epochs.flatMap((epoch, i) => {
      const error = seed[attack][i];
      return error == null ? [] : [[epoch, 100 * error] as const];
    });
    return { ...thin, label: `seed ${seed.seed}`, color, x: measured.map(([x]) => x), y: measured.map(([, y]) => y) };
  });
  const quartiles = band(spread, 'lowerQuartile', 'upperQuartile', { label: 'middle half', color, isStrong: true });
  return {
    curves:
      curves.numRuns === 1 ? [medianOf(spread, 'the seed', color)] : [...seeds, medianOf(spread, 'median', color)],
    bands: curves.numRuns === 1 ? [] : [wholeRange(spread, 'all seeds', color), quartiles],
  };
}

function ofSeveral(
  all: readonly { readonly label: string; readonly spread: Spread | null }[],
): Pick<Plot, 'curves' | 'bands'> {
  const drawn = all.flatMap(({ label, spread }, i) =>
    spread ? [{ label, spread, color: configurationColors[i % configurationColors.length]! }] : [],
  );
  return {
    curves: drawn.map(({ label, spread, color }) => medianOf(spread, label, color)),
    bands: drawn.map(({ label, spread, color }) => wholeRange(spread, label, color)),
  };
}

const thin = { isDashed: false, isThin: true, hasMarks: false } as const;

function medianOf({ epochs, median }: Spread, label: string, color: ColorName): Curve {
  // Lines between two measurements need no marks; a single one would not be seen.
  return {
    label,
    color,
    isDashed: false,
    hasMarks: epochs.length < 3,
    x: epochs,
    y: median.map((error) => 100 * error),
  };
}

function wholeRange(spread: Spread, label: string, color: ColorName): Band {
  return band(spread, 'min', 'max', { label, color, isStrong: false });
}

function band(
  spread: Spread,
  low: 'min' | 'lowerQuartile',
  high: 'max' | 'upperQuartile',
  look: Pick<Band, 'label' | 'color' | 'isStrong'>,
): Band {
  const points = (of: readonly number[]) => of.map((error) => 100 * error);
  return { ...look, x: spread.epochs, low: points(spread[low]), high: points(spread[high]) };
}
