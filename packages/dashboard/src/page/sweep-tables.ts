import { columnsOf, comparedBlocks } from '../view/sweep-columns.js';
import type { SweepTableView, SweepView } from '../view/sweep-view.js';
import { h, section, show } from './dom.js';
import { invocation } from './invocation.js';

/** What the configurations came to so far, and how they compare with the baseline. */
export class SweepTables {
  readonly results = section('Result', '');
  readonly comparison = section('Comparison', '');
  #drawn = '';

  update({ id, table, numConfigurations }: SweepView): void {
    const drawn = JSON.stringify(table);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    fill(this.results, resultParts(id, table, numConfigurations));
    const compared = comparisonParts(table);
    show(this.comparison, compared.length > 0);
    fill(this.comparison, compared);
  }
}

/** On a phone, where there is no room for a head, a cell bears its title itself. */
function cell(title: string, ...children: (Node | string)[]): HTMLElement {
  return h('td', { 'data-title': title }, h('div', {}, ...children));
}

function fill(card: HTMLElement, children: readonly HTMLElement[]): void {
  card.replaceChildren(card.firstElementChild!, ...children);
}

function resultParts(id: string, table: SweepTableView, numConfigurations: number): HTMLElement[] {
  const columns = columnsOf(table);
  if (columns.length === 0) return [h('p', { class: 'empty' }, 'No run is done yet.')];
  const head = h('tr', {}, h('th', {}), ...columns.map(({ title }) => h('th', {}, title)));
  const rows = table.blocks.map(({ label, standing, rows }) => {
    const cells = columns.map(({ figure, title }) => {
      const row = rows.find((each) => each.figure === figure);
      if (!row) return cell(title, '–');
      return cell(title, h('b', {}, row.average), h('small', {}, `${row.least} … ${row.largest}`));
    });
    const baseline = label === table.baseline && table.blocks.length > 1 ? ' (baseline)' : '';
    return h('tr', {}, h('th', { scope: 'row' }, `${label}${baseline}`, h('small', {}, standing.join(', '))), ...cells);
  });
  if (table.hasPublished) {
    const cells = columns.map(({ title, published }) => cell(title, published));
    rows.push(
      h('tr', { class: 'paper' }, h('th', { scope: 'row' }, 'the paper', h('small', {}, table.source)), ...cells),
    );
  }
  const shown = h('table', { class: 'swept' }, h('thead', {}, head), h('tbody', {}, ...rows));
  return [
    h('p', { class: 'caption' }, `${table.caption} Below, from the least to the largest.`),
    h('div', { class: 'scroll' }, shown),
    ...further(id, table, numConfigurations),
  ];
}

/** None where nothing is compared, or no configuration has enough seeds in common with the baseline. */
function comparisonParts(table: SweepTableView): HTMLElement[] {
  const compared = comparedBlocks(table);
  if (compared.length === 0) return [];
  const columns = columnsOf(table);
  const head = h('tr', {}, h('th', {}), ...columns.map(({ title }) => h('th', {}, title)));
  const rows = compared.map(({ label, rows }) => {
    const cells = columns.map(({ figure, title }) => {
      const against = rows.find((row) => row.figure === figure)?.against;
      return against ? cell(title, against.difference, h('small', {}, `p ${against.p}`)) : cell(title, '–');
    });
    return h('tr', {}, h('th', { scope: 'row' }, label), ...cells);
  });
  const words = `What each has more than ${table.baseline} over their common seeds, six at least: the mean difference with its 95 % interval, and p of Wilcoxon's signed-rank test.`;
  return [
    h('p', { class: 'caption' }, words),
    h('div', { class: 'scroll' }, h('table', { class: 'swept' }, h('thead', {}, head), h('tbody', {}, ...rows))),
  ];
}

function further(id: string, { blocks }: SweepTableView, numConfigurations: number): HTMLElement[] {
  const left = numConfigurations - blocks.length;
  if (left === 0) return [];
  return [h('p', { class: 'caption' }, `… and ${left} more: ${invocation} sweep status ${id} --csv has them all.`)];
}
