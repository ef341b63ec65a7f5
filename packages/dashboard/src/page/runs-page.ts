import { count, moment, percent, shortHex } from '../view/figures.js';
import type { AttackKey, RunRow } from '../view/run-view.js';
import { h, section } from './dom.js';

const lookEveryMs = 2_000;

/** The runs that there are, newest first; each leads to its page. */
export function showRuns(root: HTMLElement, first: readonly RunRow[]): void {
  const card = section(
    'Runs',
    'Errors on the test examples, or on the validation examples while a run is not finished.',
  );
  card.classList.add('wide');
  root.replaceChildren(
    h('div', { class: 'top' }, h('a', { href: '/', class: 'brand' }, 'sparring')),
    h('main', { class: 'cards' }, card),
  );
  let shown = '';
  const draw = (rows: readonly RunRow[]) => {
    const now = JSON.stringify(rows);
    if (now === shown) return;
    shown = now;
    card.replaceChildren(card.firstElementChild!, rows.length > 0 ? table(rows) : nothing());
  };
  draw(first);
  const timer = setInterval(() => {
    if (document.hidden) return;
    fetch('/api/runs')
      .then((response) => response.json())
      .then((rows) => draw(rows as RunRow[]))
      // The process has ended: what is shown stays.
      .catch(() => clearInterval(timer));
  }, lookEveryMs);
}

function table(rows: readonly RunRow[]): HTMLElement {
  const names = ['run', 'status', 'began', 'progress', 'clean', 'FGSM', 'PGD', 'examples/s', 'parameters'];
  const head = h('tr', {}, ...names.map((name) => h('th', {}, name)));
  return h(
    'div',
    { class: 'scroll' },
    h('table', { class: 'runs' }, h('thead', {}, head), h('tbody', {}, ...rows.map(line))),
  );
}

function line(row: RunRow): HTMLElement {
  const { id, name, seed, status, startedAtMs, progress, examplesPerSecond, digest } = row;
  const error = (attack: AttackKey) => {
    const value = row.errors[attack];
    return h('td', row.isTested ? {} : { class: 'untested' }, value === undefined ? '–' : percent(value));
  };
  return h(
    'tr',
    {},
    h(
      'td',
      {},
      h('a', { href: `/run/${encodeURIComponent(id)}` }, h('b', {}, `${name}, seed ${seed}`)),
      h('code', {}, id),
    ),
    h('td', {}, h('span', { class: 'status', 'data-status': status }, status)),
    h('td', {}, startedAtMs === null ? '–' : moment(startedAtMs)),
    h('td', {}, progress),
    error('clean'),
    error('fgsm'),
    error('pgd'),
    h('td', {}, examplesPerSecond === null ? '–' : count(examplesPerSecond)),
    h('td', {}, h('code', { title: digest }, digest ? shortHex(digest) : '–')),
  );
}

function nothing(): HTMLElement {
  return h('p', { class: 'empty' }, 'No runs yet. To begin one: sparring train demo');
}
