import { count, moment, percent, shortHex } from '../view/figures.js';
import { type AttackKey, isUnreadable, mostListed, type RunRow, type UnreadableRow } from '../view/run-view.js';
import type { SweepRow } from '../view/sweep-view.js';
import { h, section, show, topOf } from './dom.js';
import { invocation } from './invocation.js';
import { sweepsTable } from './sweeps-table.js';
import { unreadableLine } from './unreadable-line.js';

type ListedRun = RunRow | UnreadableRow;
type ListedSweep = SweepRow | UnreadableRow;

/** The sweeps and the runs that there are, newest first; each leads to its page. */
export function showLists(root: HTMLElement, runs: readonly ListedRun[], sweeps: readonly ListedSweep[]): void {
  const runsCard = section(
    'Runs',
    'Errors on the test examples, or on the validation examples while a run is not finished. Those of a sweep are on its page.',
  );
  const sweepsCard = section('Sweeps', 'One configuration, or a grid of them, with many seeds.');
  const over = h('p', { class: 'note wide' }, 'The process has ended; this page keeps what it showed.');
  show(over, false);
  for (const card of [sweepsCard, runsCard]) card.classList.add('wide');
  root.replaceChildren(topOf(), h('main', { class: 'cards' }, over, sweepsCard, runsCard));
  const drawRuns = drawer<ListedRun>(runsCard, (rows) =>
    rows.length > 0 ? [table(rows), ...further(rows)] : [nothing()],
  );
  const drawSweeps = drawer<ListedSweep>(sweepsCard, (rows) => [sweepsTable(rows)]);
  const draw = (nowRuns: readonly ListedRun[], nowSweeps: readonly ListedSweep[]) => {
    show(sweepsCard, nowSweeps.length > 0);
    show(runsCard, nowRuns.length > 0 || nowSweeps.length === 0);
    drawRuns(nowRuns);
    drawSweeps(nowSweeps);
  };
  draw(runs, sweeps);
  const events = new EventSource('/api/events');
  events.addEventListener('snapshot', ({ data }) => {
    const now = JSON.parse(data) as { readonly runs: ListedRun[]; readonly sweeps: ListedSweep[] };
    draw(now.runs, now.sweeps);
  });
  events.addEventListener('end', () => {
    events.close();
    show(over, true);
  });
}

/** Draws a list where it is another than before, so that a selection survives. */
function drawer<Row>(card: HTMLElement, make: (rows: readonly Row[]) => HTMLElement[]) {
  let shown = '';
  return (rows: readonly Row[]) => {
    const now = JSON.stringify(rows);
    if (now === shown) return;
    shown = now;
    card.replaceChildren(card.firstElementChild!, ...make(rows));
  };
}

function further(rows: readonly ListedRun[]): HTMLElement[] {
  if (rows.length < mostListed) return [];
  return [h('p', { class: 'caption' }, `The newest ${mostListed}; to open an older one: ${invocation} dashboard RUN`)];
}

function table(rows: readonly ListedRun[]): HTMLElement {
  const names = ['run', 'status', 'began', 'progress', 'clean', 'FGSM', 'PGD', 'examples/s', 'parameters'];
  const head = h('tr', {}, ...names.map((name) => h('th', {}, name)));
  return h(
    'div',
    { class: 'scroll' },
    h(
      'table',
      { class: 'runs' },
      h('thead', {}, head),
      h('tbody', {}, ...rows.map((row) => (isUnreadable(row) ? unreadableLine(row, names.length) : line(row)))),
    ),
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
  return h('p', { class: 'empty' }, `No runs yet. To begin one: ${invocation} train demo`);
}
