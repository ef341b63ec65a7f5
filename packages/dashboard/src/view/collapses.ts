import { count } from './figures.js';
import type { ProbeView } from './run-view.js';

/** What probes have found of robustness lost, in a sentence or two; null where they found none. */
export function collapseWords(probes: readonly ProbeView[]): string | null {
  const collapses = probes.filter(({ collapsed }) => collapsed);
  const last = collapses.at(-1);
  if (!last) return null;
  const times = collapses.length === 1 ? '' : ` ${collapses.length} times, last`;
  const backs = collapses.filter(({ action }) => action === 'rollback').length;
  const each = backs === 1 ? 'Training went' : 'Each time training went';
  const back = backs > 0 ? ` ${each} back to the last good probe, at half the learning rate.` : '';
  return `Robustness collapsed${times} at step ${count(last.step)}.${back}${lastWords[last.action]}`;
}

const lastWords: Readonly<Record<ProbeView['action'], string>> = {
  none: '',
  warn: ' Training goes on: only a warning is configured.',
  stop: ' Then it stopped, with the parameters of the last good probe.',
  rollback: '',
};
