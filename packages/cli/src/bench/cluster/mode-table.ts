import { count, percent } from '../../presentation/figures.js';
import type { Colors } from '../../presentation/screen.js';
import type { Measurement } from './measurement.js';

export interface ModeRow {
  readonly name: string;
  readonly measured: Measurement;
}

const nameWidth = 24;
const columns = [
  { head: 'examples/s', width: 12 },
  { head: 'a step', width: 10 },
  { head: 'its bytes', width: 11 },
  { head: 'compute', width: 9 },
  { head: 'wire', width: 6 },
  { head: 'wait', width: 6 },
  { head: 'update', width: 9 },
] as const;

/** The figures of a comparison, a line each. */
export function modeTable(rows: readonly ModeRow[], { bold, dim }: Colors): string[] {
  const cells = (texts: readonly string[]) => texts.map((text, i) => text.padStart(columns[i]!.width)).join('');
  const lines = rows.map(({ name, measured }) => {
    const [rate, ...rest] = shown(measured);
    const first = rate!.padStart(columns[0].width);
    return `  ${name.padEnd(nameWidth)}${bold(first)}${cells(['', ...rest]).slice(columns[0].width)}`;
  });
  return [dim(`  ${' '.repeat(nameWidth)}${cells(columns.map(({ head }) => head))}`), ...lines];
}

function shown(measured: Measurement): string[] {
  const { examplesPerSecond, stepMs, bytesPerStep, compute, wire, wait, updateMsPerStep } = measured;
  return [
    count(examplesPerSecond),
    milliseconds(stepMs),
    bytesPerStep === null ? '–' : bytes(bytesPerStep),
    ...[compute, wire, wait].map((share) => percent(share, 0)),
    updateMsPerStep === 0 ? '–' : milliseconds(updateMsPerStep),
  ];
}

/** '0.42 ms', '73.1 ms' */
export function milliseconds(ms: number): string {
  return `${ms.toFixed(ms < 10 ? 2 : 1)} ms`;
}

/** '312 B', '4.1 kB', '14.7 MB' */
export function bytes(number: number): string {
  if (number < 1e3) return `${Math.round(number)} B`;
  return number < 1e6 ? `${(number / 1e3).toFixed(1)} kB` : `${(number / 1e6).toFixed(1)} MB`;
}
