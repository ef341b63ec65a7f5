import type { UnreadableRow } from '../view/run-view.js';
import { h } from './dom.js';

/** A run or a sweep of which nothing is known but its name, and what is wrong with it: there is no page to lead to. */
export function unreadableLine({ id, fault }: UnreadableRow, columns: number): HTMLElement {
  return h(
    'tr',
    {},
    h('td', {}, h('b', {}, id)),
    h('td', {}, h('span', { class: 'status', 'data-status': 'unreadable' }, 'unreadable')),
    h('td', { class: 'remark', colspan: String(columns - 2) }, fault),
  );
}
