import Table from 'cli-table3';

/** Cells in columns without lines; the first column stands at the left, all others at the right. */
export function plainTable(rows: readonly (readonly string[])[]): string {
  const chars = Object.fromEntries(
    ['top', 'bottom', 'left', 'right', 'mid', 'middle'].flatMap((edge) =>
      ['', '-mid', '-left', '-right'].map((corner) => [edge + corner, '']),
    ),
  );
  const table = new Table({
    chars,
    style: { head: [], border: [], 'padding-left': 2, 'padding-right': 0 },
    colAligns: (rows[0] ?? []).map((_, i) => (i === 0 ? 'left' : 'right')),
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
