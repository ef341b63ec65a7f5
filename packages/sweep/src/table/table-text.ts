import type { SweepTable } from './sweep-table.js';
import { type BlockWords, type TableWords, tableWords } from './table-words.js';

/** The table for people, line by line: a block for each configuration. */
export function tableText(table: SweepTable): string[] {
  const words = tableWords(table);
  const lines = [words.caption];
  for (const block of words.blocks) lines.push('', heading(block, words), ...rowsText(block, words));
  if (words.source) lines.push('', `Paper: ${words.source}.`);
  return lines;
}

function heading({ label, standing }: BlockWords, { baseline }: TableWords): string {
  return `${label}${label === baseline ? ' (baseline)' : ''}: ${standing.join(', ')}`;
}

function rowsText({ rows }: BlockWords, { hasPublished, baseline }: TableWords): string[] {
  if (rows.length === 0) return ['  no run is done yet'];
  const isCompared = rows.some(({ against }) => against);
  const head = ['', 'mean ± std', 'min', 'max'];
  if (hasPublished) head.push('paper');
  if (isCompared) head.push(`more than ${baseline} [95 % interval]`, 'p (Wilcoxon)');
  const cells = rows.map(({ title, average, least, largest, published, against }) => [
    ...[title, average, least, largest],
    ...(hasPublished ? [published] : []),
    ...(against ? [against.difference, against.p] : []),
  ]);
  const widths = head.map((_, c) => Math.max(...[head, ...cells].map((row) => row[c]!.length)));
  return [head, ...cells].map((row) =>
    `  ${row.map((cell, c) => (c === 0 ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!))).join('  ')}`.trimEnd(),
  );
}
