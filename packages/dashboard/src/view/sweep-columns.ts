import type { SweepTableView } from './sweep-view.js';

/** A column of a sweep's table: what was measured. */
export interface Column {
  readonly figure: 'clean' | 'fgsm' | 'pgd' | 'seconds';
  readonly title: string;
  /** The paper's figure. */
  readonly published: string;
}

/** The configurations that have enough seeds in common with the baseline to be compared with it. */
export function comparedBlocks({ blocks }: SweepTableView): SweepTableView['blocks'] {
  return blocks.filter(({ rows }) => rows.some(({ against }) => against && against.p !== '–'));
}

/** Those that any configuration has values for. */
export function columnsOf({ blocks }: SweepTableView): Column[] {
  return (['clean', 'fgsm', 'pgd', 'seconds'] as const).flatMap((figure) => {
    const row = blocks.flatMap(({ rows }) => rows).find((each) => each.figure === figure);
    return row ? [{ figure, title: row.title, published: row.published }] : [];
  });
}
