import type { AttackKey, NetKey, NetView, RunView } from './run-view.js';

/** A line of a plot: what page and report draw alike. */
export interface Curve {
  readonly label: string;
  readonly color: ColorName;
  /** Of the twin, or of a first training, which stand in the background. */
  readonly isDashed: boolean;
  /** An SVG dash pattern of its own, where several runs share a plot. */
  readonly dash?: string;
  /** One of many, which the legend leaves out. */
  readonly isThin?: boolean;
  /** Measured now and then, so that each value is marked. */
  readonly hasMarks: boolean;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** What many curves fill between their least and their largest values. */
export interface Band {
  readonly label: string;
  readonly color: ColorName;
  /** Of two that lie upon another, the inner one. */
  readonly isStrong: boolean;
  readonly x: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

export interface Plot {
  readonly key: string;
  readonly title: string;
  /** What y is, with its unit. */
  readonly yLabel: string;
  /** What x is: 'step' where it is not said. */
  readonly xLabel?: string;
  /** How values are written: a percentage of y in [0, 100], or a number. */
  readonly unit: '%' | '';
  readonly range: readonly [number, number] | null;
  readonly curves: readonly Curve[];
  readonly bands?: readonly Band[];
  /** Steps at which training lost its robustness, or was set back. */
  readonly marks: readonly { readonly step: number; readonly label: string }[];
}

/** Names of the colours of Okabe and Ito's palette, which colour-blind people tell apart; each page has shades of its own for them. */
export type ColorName = 'blue' | 'orange' | 'green' | 'purple' | 'gray';

/** Of configurations, or runs, that share a plot. */
export const configurationColors: readonly ColorName[] = ['blue', 'orange', 'green', 'purple', 'gray'];

export const attackColors: Readonly<Record<AttackKey, ColorName>> = { clean: 'blue', fgsm: 'orange', pgd: 'purple' };

/** 'clean', 'FGSM', 'PGD-20' */
export function attackTitle(attack: AttackKey, pgdIterations: number): string {
  return { clean: 'clean', fgsm: 'FGSM', pgd: `PGD-${pgdIterations}` }[attack];
}

/** The plots of a run, the same ones whatever there is to draw in them. */
export function plotsOf(view: Pick<RunView, 'nets' | 'evaluation'>): Plot[] {
  const marks = view.nets.flatMap(({ probes }) =>
    probes
      .filter(({ collapsed, action }) => collapsed || action === 'rollback')
      .map(({ step, action }) => ({ step, label: action === 'rollback' ? 'rolled back' : 'collapsed' })),
  );
  const few = { hasMarks: true, isDashed: false };
  return [
    {
      ...{ key: 'error', title: 'Error on validation examples', yLabel: 'error, %', unit: '%', range: [0, 100], marks },
      curves: view.nets.flatMap((net) => errorCurves(net, view.evaluation.pgdIterations)),
    },
    {
      ...{
        key: 'loss',
        title: 'Training loss',
        yLabel: 'loss, mean of the epoch',
        unit: '',
        range: null,
        marks,
      },
      curves: view.nets.map((net) => {
        const curve = { label: net.key, color: netColors[net.key], isDashed: net.key !== 'net' };
        return net.points.length > net.records.length
          ? { ...curve, hasMarks: false, x: net.points.map(({ step }) => step), y: net.points.map(({ loss }) => loss) }
          : { ...few, ...curve, x: net.records.map(({ step }) => step), y: net.records.map(({ loss }) => loss) };
      }),
    },
    {
      ...{ key: 'speed', title: 'Speed', yLabel: 'examples/s', unit: '', range: null, marks: [] },
      curves: view.nets.map((net) => {
        const curve = { label: net.key, color: netColors[net.key], isDashed: net.key !== 'net' };
        const seen = net.points.length > net.records.length ? net.points : net.records;
        const hasMarks = seen === net.records;
        return {
          ...curve,
          hasMarks,
          x: seen.map(({ step }) => step),
          y: smoothed(
            seen.map((at) => at.examplesPerSecond),
            hasMarks ? 1 : 5,
          ),
        };
      }),
    },
  ];
}

const netColors: Record<NetKey, ColorName> = { net: 'green', twin: 'gray', selection: 'purple' };

function errorCurves(net: NetView, pgdIterations: number): Curve[] {
  return (['clean', 'fgsm', 'pgd'] as const).flatMap((attack) => {
    const measured = measuredErrors(net, attack);
    if (measured.length === 0) return [];
    const title = attackTitle(attack, pgdIterations);
    return {
      label: net.key === 'net' ? title : `${title}, ${net.key}`,
      color: attackColors[attack],
      isDashed: net.key !== 'net',
      hasMarks: true,
      x: measured.map(({ step }) => step),
      y: measured.map(({ error }) => 100 * error),
    };
  });
}

/** A net's errors on validation examples in the order of the steps, at the ends of epochs and by probes. */
export function measuredErrors(
  { records, probes }: Pick<NetView, 'records' | 'probes'>,
  attack: AttackKey,
): { readonly step: number; readonly error: number }[] {
  return [
    ...records.map(({ step, validation }) => ({ step, error: validation?.[attack]?.error })),
    ...probes.map(({ step, errors }) => ({ step, error: errors[attack] })),
  ]
    .filter((at): at is { step: number; error: number } => at.error !== undefined)
    .sort((a, b) => a.step - b.step);
}

/** The mean over `window` neighbours: five points are about a second. */
function smoothed(values: readonly number[], window: number): number[] {
  const reach = (window - 1) / 2;
  return values.map((_, i) => {
    const near = values.slice(Math.max(0, i - reach), i + reach + 1);
    return near.reduce((sum, value) => sum + value, 0) / near.length;
  });
}
