import { mostRollbacks, type ProbeEvent } from '@sparring/coordinator';
import { percent } from './figures.js';
import type { Colors } from './screen.js';

/** A collapse in one line: what was measured, and what becomes of it. */
export function collapseLine({ step, errors, action }: ProbeEvent, colors: Colors): string {
  const measured = `FGSM error ${percent(errors.fgsm!, 1)}, PGD error ${percent(errors.pgd!, 1)}`;
  return colors.yellow(`  collapse at step ${step}: ${measured}: ${consequences[action]}`);
}

const consequences: Readonly<Record<ProbeEvent['action'], string>> = {
  none: 'noted',
  warn: 'catastrophic overfitting; training goes on (onCollapse: warn)',
  stop: 'the run stops at the next probe, with the parameters of the last good one',
  rollback: `back to the last good probe at the next one, at half the learning rate (at most ${mostRollbacks} times)`,
};
