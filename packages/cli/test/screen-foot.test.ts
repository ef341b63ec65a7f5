import picocolors from 'picocolors';
import type { Screen } from '../dist/presentation/screen.js';
import { ScreenFoot } from '../dist/sweep/screen-foot.js';

/** A terminal of so many rows and columns, and what it was told. */
function terminal(rows: number, columns: number) {
  const told: string[] = [];
  const stream = { rows, columns, write: (text: string) => told.push(text) };
  const say = (text = '') => void told.push(text);
  const colors = picocolors.createColors(true);
  return { told, screen: { stream, colors, isTerminal: true, isJson: false, say } as unknown as Screen };
}

const slots = Array.from({ length: 24 }, (_, n) => `slot ${n + 1}  ${'a'.repeat(60)}`);

test.each([
  [6, 2, 22],
  [24, 16, 8],
  [3, 1, 23],
])('of a terminal of %i rows %i slots are shown', (rows, shown, more) => {
  const { told, screen } = terminal(rows, 44);
  const foot = new ScreenFoot(screen);
  foot.draw(slots, 'b'.repeat(60));
  expect(told).toHaveLength(shown + 2);
  expect(told.at(-2)).toContain(`… and ${more} more`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of
  for (const line of told) expect(line.replace(/\u001b\[\d+m/g, '').length).toBeLessThanOrEqual(44);
  // Cut before it was coloured: the colour ends.
  expect(told.at(-1)!.endsWith('\u001b[22m')).toBe(true);
  told.length = 0;
  foot.erase();
  expect(told).toEqual([`\u001b[${shown + 2}A\u001b[J`]);
});
