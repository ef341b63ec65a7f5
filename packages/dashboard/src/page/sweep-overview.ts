import { count, duration, plural } from '../view/figures.js';
import type { SweepStatus, SweepView } from '../view/sweep-view.js';
import type { ConnectionState } from './connection.js';
import { h, setText, show } from './dom.js';
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
  readonly #status = h('span', { class: 'status', role: 'status' });
  readonly #title = h('h1', {});
  readonly #subject = h('p', { class: 'subject' });
  readonly #id = h('code', { class: 'id' });
  readonly #note = h('p', { class: 'note' });
  readonly #bar = h('div', { class: 'progress' });
  readonly #tiles = h('div', { class: 'tiles' });

  constructor() {
    this.element = h(
      'div',
      { class: 'overview' },
      h('div', { class: 'headline' }, this.#title, this.#status),
      this.#subject,
      this.#id,
      this.#note,
      this.#bar,
      this.#tiles,
    );
  }

  update(view: SweepView, connection: ConnectionState): void {
    const { name, subject, engine, id, seeds, numConfigurations, counts } = view;
    const grid = numConfigurations === 1 ? '' : `${plural(numConfigurations, 'configuration')}, `;
    setText(this.#title, `${name}, ${grid}seeds ${seeds}`);
    setText(this.#subject, `${subject} · ${engine}`);
    setText(this.#id, id);
    this.#showStatus(view, connection);
    this.#bar.replaceChildren(standingBar(counts));
    this.#tiles.replaceChildren(...tilesOf(view).map(tileElement));
  }

  /** There is nothing to show. */
  refuse(words: string): void {
    setText(this.#note, words);
  }

  #showStatus({ status, isLive, note, reopen }: SweepView, connection: ConnectionState): void {
    const isLost = connection === 'lost' && isLive;
    const isGone = connection === 'over' && isLive;
    const words = isLost
      ? 'connection lost, trying again'
      : isGone
        ? 'its process has ended'
        : sweepStatusWords[status];
    setText(this.#status, words);
    this.#status.dataset.status = isLost ? 'lost' : isGone ? 'stopped' : status;
    const over =
      connection === 'over' ? `The process has ended; this page keeps what it showed. To open it again: ${reopen}` : '';
    setText(this.#note, [note, over].filter(Boolean).join('\n'));
    show(this.#note, this.#note.textContent !== '');
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
