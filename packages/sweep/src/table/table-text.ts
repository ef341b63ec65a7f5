import type { Comparison } from '../statistics/compare.js';
import type { Description } from '../statistics/describe.js';
import { type Figure, figures, type SweepTable, type TableRow } from './sweep-table.js';

/** The table for people, line by line: a block for each configuration. */
export function tableText(table: SweepTable): string[] {
  const { epsilon, clip } = table.evaluation;
  const lines = [
    `Errors on the test examples, ε = ${epsilon}, ${clip ? 'clipped' : 'not clipped'}; ± one standard deviation of the sample.`,
  ];
  for (const row of table.rows) lines.push('', heading(row, table), ...block(row, table));
  const source = table.published?.source;
  if (source) lines.push('', `Paper: ${source}.`);
  return lines;
}

function heading({ label, planned, done, pruned, failed, bestSeed }: TableRow, { baseline }: SweepTable): string {
  const parts = [`${done} of ${planned} runs`];
  if (pruned > 0) parts.push(`${pruned} given up and left out, which flatters the figures`);
  if (failed > 0) parts.push(`${failed} failed`);
  if (bestSeed !== null) parts.push(`best seed ${bestSeed}`);
  return `${label}${label === baseline ? ' (baseline)' : ''}: ${parts.join(', ')}`;
}

function block(row: TableRow, { published, baseline, evaluation }: SweepTable): string[] {
  const head = ['', 'mean ± std', 'min', 'max'];
  if (published) head.push('paper');
  if (row.against) head.push(`more than ${baseline} [95 % interval]`, 'p (Wilcoxon)');
  const rows = figures.flatMap((figure) => {
    const described = row.figures[figure];
    if (!described) return [];
    const cells = [title(figure, evaluation.pgdIterations), ...spread(described, figure)];
    if (published) cells.push(figure === 'seconds' ? '' : shown(published[figure] ?? null, figure));
    if (row.against) cells.push(...difference(row.against[figure], figure));
    return [cells];
  });
  if (rows.length === 0) return ['  no run is done yet'];
  const widths = head.map((_, c) => Math.max(...[head, ...rows].map((cells) => cells[c]!.length)));
  return [head, ...rows].map((cells) =>
    `  ${cells.map((cell, c) => (c === 0 ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!))).join('  ')}`.trimEnd(),
  );
}

function title(figure: Figure, pgdIterations: number): string {
  return { clean: 'clean', fgsm: 'FGSM', pgd: `PGD-${pgdIterations}`, seconds: 'seconds' }[figure];
}

function spread({ mean, std, min, max }: Description, figure: Figure): string[] {
  const average = std === null ? shown(mean, figure) : `${number(mean, figure)} ± ${shown(std, figure)}`;
  return [average, shown(min, figure), shown(max, figure)];
}

function difference(compared: Comparison | null, figure: Figure): string[] {
  if (!compared) return ['–', '–'];
  const { meanDifference, interval, test } = compared;
  const [low, high] = interval.map((bound) => signed(bound, figure));
  return [
    `${signed(meanDifference, figure)} [${low}, ${high}]${figure === 'seconds' ? '' : ' points'}`,
    pText(test.pValue),
  ];
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
