import type { SweepView } from '../view/sweep-view.js';
import { h } from './dom.js';

const parts = ['done', 'pruned', 'failed', 'running', 'waiting'] as const;

/** How far a sweep is, as one bar: what is done, given up, failed, at work, and left. */
export function standingBar(counts: SweepView['counts']): HTMLElement {
  const words = parts.filter((part) => counts[part] > 0).map((part) => `${counts[part]} ${part}`);
  const bar = h('div', { class: 'standing-bar', role: 'img', 'aria-label': words.join(', ') });
  for (const part of parts) {
    if (counts[part] === 0) continue;
    const piece = h('i', { class: `is-${part}` });
    piece.style.flexGrow = String(counts[part]);
    bar.append(piece);
  }
  return bar;
}
