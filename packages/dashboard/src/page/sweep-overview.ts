import { count, duration, plural } from '../view/figures.js';
import type { SweepStatus, SweepView } from '../view/sweep-view.js';
import type { ConnectionState } from './connection.js';
import { h } from './dom.js';
import { Headline } from './headline.js';
import { standingBar } from './standing-bar.js';
import { type Tile, tileElement } from './tile.js';

export const sweepStatusWords: Readonly<Record<SweepStatus, string>> = {
  running: 'running',
  ended: 'finished',
  stopped: 'stopped',
  paused: 'paused',
  cancelled: 'cancelled',
  failed: 'failed',
};

/** What is swept over, how far it is, and how it stands: the top of a sweep's page. */
export class SweepOverview {
  readonly element: HTMLElement;
  readonly #headline = new Headline();
  readonly #bar = h('div', { class: 'progress' });
  readonly #tiles = h('div', { class: 'tiles' });

  constructor() {
    this.element = h('div', { class: 'overview' }, ...this.#headline.elements, this.#bar, this.#tiles);
  }

  update(view: SweepView, connection: ConnectionState): void {
    const { name, subject, engine, seeds, numConfigurations, counts, status } = view;
    const grid = numConfigurations === 1 ? '' : `${plural(numConfigurations, 'configuration')}, `;
    const title = `${name}, ${grid}seeds ${seeds}`;
    const words = { words: sweepStatusWords[status], statusOfLost: 'stopped' };
    this.#headline.update({ ...view, ...words, title, subject: `${subject} · ${engine}` }, connection);
    this.#bar.replaceChildren(standingBar(counts));
    this.#tiles.replaceChildren(...tilesOf(view).map(tileElement));
  }

  /** There is nothing to show. */
  refuse(words: string): void {
    this.#headline.refuse(words);
  }
}

function tilesOf({ counts, numRuns, numSlots, etaSeconds, isLive }: SweepView): Tile[] {
  const { done, running, waiting, failed, pruned } = counts;
  const left = etaSeconds === null ? '–' : duration(etaSeconds);
  return [
    { label: 'done', value: count(done), detail: `of ${plural(numRuns, 'run')}`, color: 'green' },
    {
      ...{ label: 'running', value: count(running), color: 'blue' },
      detail: numSlots > 0 ? `in ${plural(numSlots, 'slot')}` : 'at this moment',
    },
    { label: 'waiting', value: count(waiting), detail: 'to be computed', color: 'lane' },
    { label: 'failed', value: count(failed), detail: 'left out of the table', color: 'orange' },
    ...(pruned > 0
      ? [{ label: 'given up', value: count(pruned), detail: 'by the median rule', color: 'purple' as const }]
      : []),
    ...(isLive ? [{ label: 'time left', value: left, detail: 'as its runs took so far', color: 'muted' }] : []),
  ];
}
