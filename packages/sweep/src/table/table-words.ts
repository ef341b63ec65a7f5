import type { Comparison } from '../statistics/compare.js';
import type { Description } from '../statistics/describe.js';
import { type Figure, figures, type SweepTable, type TableRow } from './sweep-table.js';

/** A sweep's table in words, for whoever lays it out: terminal, page and report. */
export interface TableWords {
  readonly caption: string;
  /** Where the paper's figures are from; '' where there are none. */
  readonly source: string;
  readonly hasPublished: boolean;
  /** Label of the configuration that the others are compared with; null: none. */
  readonly baseline: string | null;
  readonly blocks: readonly BlockWords[];
}

/** A configuration's part of it. */
export interface BlockWords {
  readonly label: string;
  /** '19 of 20 runs', '1 failed', 'best seed 3 by error under FGSM' */
  readonly standing: readonly string[];
  /** Of what was measured; none before the first run is done. */
  readonly rows: readonly RowWords[];
}

export interface RowWords {
  readonly figure: Figure;
  /** 'clean', 'FGSM', 'PGD-20', 'seconds' */
  readonly title: string;
  /** '7.50 ± 1.87 %' */
  readonly average: string;
  readonly least: string;
  readonly largest: string;
  /** The paper's; '' where it is of another kind, '–' where there is none. */
  readonly published: string;
  /** null for the baseline itself, and where there is none. */
  readonly against: { readonly difference: string; readonly p: string } | null;
}

export function tableWords(table: SweepTable): TableWords {
  const { evaluation, published, baseline, rows } = table;
  return {
    caption: `Errors on the test examples, ${attackWords(evaluation)}; ± one standard deviation of the sample.`,
    source: published?.source ?? '',
    hasPublished: published !== null,
    baseline,
    blocks: rows.map((row) => ({ label: row.label, standing: standingOf(row), rows: rowsOf(row, table) })),
  };
}

/** 'ε = 0.25, clipped' */
function attackWords({ epsilon, clip }: SweepTable['evaluation']): string {
  const radius = epsilon === null ? "each configuration's own ε" : `ε = ${epsilon}`;
  return clip === null ? `${radius}, clipped or not as it says` : `${radius}, ${clip ? 'clipped' : 'not clipped'}`;
}

function pgdTitle({ pgdIterations }: SweepTable['evaluation']): string {
  return pgdIterations === null ? 'PGD' : `PGD-${pgdIterations}`;
}

function standingOf({ planned, done, pruned, failed, bestSeed, bestBy }: TableRow): string[] {
  return [
    `${done} of ${planned} runs`,
    ...(pruned > 0 ? [`${pruned} given up and left out, which flatters the figures`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(bestSeed === null
      ? []
      : [`best seed ${bestSeed} by ${{ fgsm: 'error under FGSM', clean: 'clean error' }[bestBy]}`]),
  ];
}

function rowsOf(row: TableRow, { published, evaluation }: SweepTable): RowWords[] {
  return figures.flatMap((figure) => {
    const described = row.figures[figure];
    if (!described) return [];
    return {
      figure,
      title: { clean: 'clean', fgsm: 'FGSM', pgd: pgdTitle(evaluation), seconds: 'seconds' }[figure],
      ...spread(described, figure),
      published: figure === 'seconds' ? '' : shown(published?.[figure] ?? null, figure),
      against: row.against && difference(row.against[figure], figure),
    };
  });
}

function spread({ mean, std, min, max }: Description, figure: Figure) {
  const average = std === null ? shown(mean, figure) : `${number(mean, figure)} ± ${shown(std, figure)}`;
  return { average, least: shown(min, figure), largest: shown(max, figure) };
}

function difference(compared: Comparison | null, figure: Figure) {
  if (!compared) return { difference: '–', p: '–' };
  const { meanDifference, interval, test } = compared;
  const [low, high] = interval.map((bound) => signed(bound, figure));
  const unit = figure === 'seconds' ? '' : ' points';
  return { difference: `${signed(meanDifference, figure)} [${low}, ${high}]${unit}`, p: pText(test.pValue) };
}

function shown(value: number | null, figure: Figure): string {
  return value === null ? '–' : `${number(value, figure)}${figure === 'seconds' ? '' : ' %'}`;
}

/** Errors in per cent. */
function number(value: number, figure: Figure): string {
  return figure === 'seconds' ? value.toFixed(1) : (100 * value).toFixed(2);
}

function signed(value: number, figure: Figure): string {
  const text = number(Math.abs(value), figure);
  return `${value < 0 ? '−' : '+'}${text}`;
}

function pText(p: number): string {
  return p < 0.0001 ? '< .0001' : p.toFixed(4).replace(/^0/, '');
}
