import { type Curve, configurationColors, measuredErrors, type Plot } from '../view/curves.js';
import type { AttackKey, RunView } from '../view/run-view.js';
import { dashes } from './svg-plot.js';

/** Runs in the same plots: loss, and each error that any of them was measured by. */
export function comparisonPlots(views: readonly RunView[]): Plot[] {
  const error = (attack: AttackKey, title: string): Plot => ({
    ...{ key: attack, title, yLabel: 'error, %', unit: '%', range: [0, 100], marks: [] },
    curves: views.map((view, i) => {
      const measured = measuredErrors(netOf(view), attack);
      return curve(
        view,
        i,
        measured.map(({ step }) => step),
        measured.map(({ error }) => 100 * error),
      );
    }),
  });
  const plots: Plot[] = [
    error('clean', 'Clean error on validation examples'),
    error('fgsm', 'FGSM error on validation examples'),
    error('pgd', 'PGD error on validation examples'),
    {
      ...{ key: 'loss', title: 'Training loss', yLabel: 'loss, mean of the epoch', unit: '', range: null, marks: [] },
      curves: views.map((view, i) => {
        const { records } = netOf(view);
        return curve(
          view,
          i,
          records.map(({ step }) => step),
          records.map(({ loss }) => loss),
        );
      }),
    },
  ];
  return plots.filter(({ curves }) => curves.some(({ x }) => x.length > 0));
}

/** Options of the configurations in which runs differ: by name, a value for each run. */
export function configDifferences(
  configs: readonly object[],
): { readonly option: string; readonly values: readonly string[] }[] {
  const flat = configs.map((config) => new Map(flattened(config, '')));
  const options = [...new Set(flat.flatMap((values) => [...values.keys()]))];
  return options
    .map((option) => ({ option, values: flat.map((values) => values.get(option) ?? '–') }))
    .filter(({ values }) => new Set(values).size > 1);
}

function curve(view: RunView, i: number, x: readonly number[], y: readonly number[]): Curve {
  const dash = dashes[Math.floor(i / configurationColors.length) % dashes.length]!;
  return {
    label: shortName(view),
    color: configurationColors[i % configurationColors.length]!,
    isDashed: false,
    dash,
    hasMarks: true,
    x,
    y,
  };
}

/** The run's own net, whatever else it trains. */
export function netOf({ nets }: RunView) {
  return nets.find(({ key }) => key === 'net')!;
}

/** 'demo, seed 3 (ab12)': the end of the id tells equal ones apart. */
export function shortName({ name, seed, id }: Pick<RunView, 'name' | 'seed' | 'id'>): string {
  return `${name}, seed ${seed} (${id.split('-').at(-1)})`;
}

function flattened(value: unknown, path: string): [string, string][] {
  if (Array.isArray(value) && value.some((inner) => typeof inner === 'object')) {
    return value.flatMap((inner, i) => flattened(inner, `${path}[${i}]`));
  }
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    return Object.entries(value).flatMap(([key, inner]) => flattened(inner, path === '' ? key : `${path}.${key}`));
  }
  return [[path, typeof value === 'string' ? value : JSON.stringify(value)]];
}
