import { count, duration, percent, shortHex } from '../view/figures.js';
import {
  type RunFilter,
  runFilters,
  runsPerPage,
  type SweepRunRow,
  type SweepRunsPage,
  type SweepView,
} from '../view/sweep-view.js';
import { h, section, setText, tab } from './dom.js';

const words: Readonly<Record<RunFilter, string>> = {
  all: 'all',
  running: 'running',
  done: 'done',
  failed: 'failed',
  pruned: 'given up',
  waiting: 'waiting',
};

/** The runs, a page of them at a time; those that were begun lead to their own pages. */
export class SweepRuns {
  readonly element = section('Runs', 'Errors on the test examples.');
  readonly #id: string;
  readonly #filters = h('div', { class: 'tabs', role: 'group', 'aria-label': 'which runs' });
  readonly #list = h('div', { class: 'scroll' });
  readonly #where = h('span', { class: 'hint' });
  readonly #back = h('button', { type: 'button' }, '← back');
  readonly #on = h('button', { type: 'button' }, 'on →');
  #filter: RunFilter = 'all';
  #page = 0;
  #counts: readonly (readonly [RunFilter, number])[] = [];
  #drawn = '';

  constructor(id: string) {
    this.#id = id;
    const turn = (by: number) => {
      this.#page += by;
      void this.ask();
    };
    this.#back.addEventListener('click', () => turn(-1));
    this.#on.addEventListener('click', () => turn(1));
    const pager = h('div', { class: 'pager' }, this.#back, this.#where, this.#on);
    this.element.append(h('div', { class: 'choices' }, this.#filters), this.#list, pager);
  }

  update({ counts, numRuns }: SweepView): void {
    const of = (filter: RunFilter) => (filter === 'all' ? numRuns : counts[filter]);
    this.#counts = runFilters.map((filter) => [filter, of(filter)] as const);
    this.#offer();
  }

  /** Asks for what is to be shown. */
  async ask(): Promise<void> {
    const [filter, page] = [this.#filter, this.#page];
    try {
      const response = await fetch(`/api/sweeps/${encodeURIComponent(this.#id)}/runs/${filter}/${page}`);
      if (!response.ok || filter !== this.#filter || page !== this.#page) return;
      this.#draw((await response.json()) as SweepRunsPage);
    } catch {
      // The connection's state says it.
    }
  }

  #offer(): void {
    const tabs = this.#counts
      .filter(([filter, number]) => number > 0 || filter === this.#filter)
      .map(([filter, number]) =>
        tab(`${words[filter]} ${count(number)}`, filter === this.#filter, () => {
          this.#filter = filter;
          this.#page = 0;
          this.#offer();
          void this.ask();
        }),
      );
    // A button that is replaced while it is pressed hears nothing of it.
    const drawn = tabs.map(({ textContent, ariaPressed }) => `${textContent} ${ariaPressed}`).join();
    if (this.#filters.dataset.drawn === drawn) return;
    this.#filters.dataset.drawn = drawn;
    this.#filters.replaceChildren(...tabs);
  }

  #draw({ total, rows }: SweepRunsPage): void {
    const [first, last] = [this.#page * runsPerPage + 1, this.#page * runsPerPage + rows.length];
    setText(this.#where, total === 0 ? 'none' : `${count(first)} to ${count(last)} of ${count(total)}`);
    this.#back.disabled = this.#page === 0;
    this.#on.disabled = last >= total;
    const drawn = JSON.stringify(rows);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const names = ['run', 'status', 'clean', 'FGSM', 'PGD', 'time', 'parameters', ''];
    const head = h('tr', {}, ...names.map((name) => h('th', {}, name)));
    this.#list.replaceChildren(
      h('table', { class: 'sweep-runs' }, h('thead', {}, head), h('tbody', {}, ...rows.map(line))),
    );
  }
}

function line(row: SweepRunRow): HTMLElement {
  const { label, seed, status, note, collapses, folder, seconds, digest } = row;
  const name = h('b', {}, `${label} seed ${seed}`);
  const errors = (['clean', 'fgsm', 'pgd'] as const).map((attack) => {
    const title = { clean: 'clean', fgsm: 'FGSM', pgd: 'PGD' }[attack];
    return h('td', { 'data-title': title }, row[attack] === null ? '–' : percent(row[attack]));
  });
  const remarks = [note, collapses > 0 ? `collapsed ${collapses} ×` : ''].filter(Boolean).join('; ');
  return h(
    'tr',
    {},
    h('td', {}, folder === null ? name : h('a', { href: `/run/${encodeURIComponent(folder)}` }, name)),
    h('td', {}, h('span', { class: 'status', 'data-status': status }, words[status])),
    ...errors,
    h('td', { 'data-title': 'time' }, seconds === null ? '–' : duration(seconds)),
    h('td', { class: 'digest' }, h('code', { title: digest }, digest ? shortHex(digest) : '–')),
    h('td', { class: 'remark' }, remarks),
  );
}
