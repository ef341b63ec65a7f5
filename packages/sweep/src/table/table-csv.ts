import { figures, type SweepTable } from './sweep-table.js';

const columns = [
  ...['configuration', 'figure', 'planned', 'n', 'mean', 'std', 'min', 'max', 'bestSeed', 'pruned', 'failed'],
  ...['published', 'baseline', 'pairs', 'meanDifference', 'intervalLow', 'intervalHigh', 'pValue', 'method'],
];

/** The table for programs: a line for each configuration and figure, errors as fractions; empty where there is nothing to say. */
export function tableCsv({ rows, published, baseline }: SweepTable): string {
  const lines = rows.flatMap((row) =>
    figures.map((figure) => {
      const described = row.figures[figure];
      const against = row.against?.[figure];
      const paper = figure === 'seconds' ? null : published?.[figure];
      return [
        ...[row.label, figure, row.planned, described?.n ?? 0, described?.mean, described?.std, described?.min],
        ...[described?.max, row.bestSeed, row.pruned, row.failed, paper, row.against ? baseline : null, against?.n],
        ...[against?.meanDifference, against?.interval[0], against?.interval[1], against?.test.pValue],
        against?.test.method,
      ];
    }),
  );
  return `${[columns, ...lines].map((cells) => cells.map(cell).join(',')).join('\n')}\n`;
}

/** RFC 4180 */
function cell(value: string | number | null | undefined): string {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
