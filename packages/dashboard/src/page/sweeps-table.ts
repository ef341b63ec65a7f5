import { count, moment, plural } from '../view/figures.js';
import { isUnreadable, type UnreadableRow } from '../view/run-view.js';
import type { SweepRow } from '../view/sweep-view.js';
import { h } from './dom.js';
import { standingBar } from './standing-bar.js';
import { sweepStatusWords } from './sweep-overview.js';
import { unreadableLine } from './unreadable-line.js';

/** The sweeps that there are, a line each. */
export function sweepsTable(rows: readonly (SweepRow | UnreadableRow)[]): HTMLElement {
  const names = ['sweep', 'status', 'began', 'configurations', 'seeds', 'done', 'failed', 'given up', ''];
  const head = h('tr', {}, ...names.map((name) => h('th', {}, name)));
  const lines = rows.map((row) => (isUnreadable(row) ? unreadableLine(row, names.length) : line(row)));
  const table = h('table', { class: 'runs' }, h('thead', {}, head), h('tbody', {}, ...lines));
  return h('div', { class: 'scroll' }, table);
}

function line({ id, status, createdAtMs, numConfigurations, seeds, numRuns, counts }: SweepRow): HTMLElement {
  const cells = [
    ...[moment(createdAtMs), count(numConfigurations), seeds, `${count(counts.done)} of ${plural(numRuns, 'run')}`],
    ...[counts.failed, counts.pruned].map((number) => (number > 0 ? count(number) : '–')),
  ];
  return h(
    'tr',
    {},
    h('td', {}, h('a', { href: `/sweep/${encodeURIComponent(id)}` }, h('b', {}, id))),
    h('td', {}, h('span', { class: 'status', 'data-status': status }, sweepStatusWords[status])),
    ...cells.map((cell) => h('td', {}, cell)),
    h('td', { class: 'bar-cell' }, standingBar(counts)),
  );
}
