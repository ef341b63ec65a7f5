import type { AttackName } from '@sparring/coordinator';
import type { RunConfig } from '@sparring/runtime';
import { count, percent } from './figures.js';
import { plainTable } from './plain-table.js';
import type { Colors } from './screen.js';

/** Error as a fraction, and mean confidence on the mistakes; null where there are none. */
export interface Measured {
  readonly error: number;
  readonly confidence: number | null;
}

export type TestResults = Partial<Record<AttackName, Measured>>;

export interface TableRow {
  readonly name: string;
  readonly test: TestResults;
}

type EvaluationSettings = Pick<RunConfig['evaluation'], 'epsilon' | 'clip' | 'pgdIterations' | 'pgdRandomStart'>;

/** The table that a run ends with: what each net makes of the test examples under each attack. */
export function closingTable(
  rows: readonly TableRow[],
  evaluation: EvaluationSettings,
  { examples, bounds, colors }: { examples: number; bounds: readonly [number, number]; colors: Colors },
): string {
  const { epsilon, clip } = evaluation;
  const clipped = clip ? `clipped to [${bounds.join(', ')}]` : 'not clipped';
  const attacks = columns(rows);
  const table = plainTable([
    ['', ...attacks.map((attack) => colors.bold(attackTitle(attack, evaluation)))],
    ...rows.map(({ name, test }) => [name, ...attacks.map((attack) => cell(test[attack], colors))]),
  ]);
  const adversarial = attacks.some((attack) => attack !== 'clean');
  return [
    colors.bold(`On the ${count(examples)} test examples${adversarial ? `, ε = ${epsilon}, ${clipped}` : ''}:`),
    'error, and in brackets the mean confidence on the mistakes.',
    '',
    table,
  ].join('\n');
}

/** The one sentence that a reader of an FGSM column needs; null where no net is robust to FGSM and yet not to PGD. */
export function robustnessRemark(rows: readonly TableRow[], { pgdIterations }: EvaluationSettings): string | null {
  const fooled = rows.find(({ test: { fgsm, pgd } }) => {
    // A net that FGSM fools too shows nothing of the kind.
    return fgsm && pgd && fgsm.error < 0.5 && pgd.error > 0.5 && pgd.error >= 1.5 * fgsm.error;
  });
  if (!fooled) return null;
  const share = percent(fooled.test.pgd!.error, 1);
  const [who] = fooled.name.split(','); // 'its twin', of 'its twin, trained without'
  return `PGD-${pgdIterations} fools ${who} on ${share} of them: robustness to FGSM is not robustness.`;
}

/** 'FGSM', 'PGD-20' */
export function attackTitle(attack: AttackName, { pgdIterations }: { readonly pgdIterations: number }): string {
  return { clean: 'clean', fgsm: 'FGSM', pgd: `PGD-${pgdIterations}` }[attack];
}

function columns(rows: readonly TableRow[]): AttackName[] {
  return (['clean', 'fgsm', 'pgd'] as const).filter((attack) => rows.some(({ test }) => test[attack]));
}

function cell(measured: Measured | undefined, colors: Colors): string {
  if (!measured) return '–';
  const { error, confidence } = measured;
  const color = error > 0.5 ? colors.red : error > 0.15 ? colors.yellow : colors.green;
  return `${color(percent(error))} ${colors.dim(`(${confidence === null ? '–' : percent(confidence, 0)})`)}`;
}
