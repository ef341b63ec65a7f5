import type { ConnectionState } from './connection.js';
import { h, setText, show } from './dom.js';

/** What a page is about, and how that stands. */
export interface Standing {
  readonly title: string;
  readonly subject: string;
  readonly id: string;
  /** The status, which gives it its colour, and in words. */
  readonly status: string;
  readonly words: string;
  /** The status of one whose process ended without a word. */
  readonly statusOfLost: string;
  readonly isLive: boolean;
  readonly note: string;
  /** What to type to open the page again; '' where nobody knows. */
  readonly reopen: string;
}

/** The first lines of the page of a run or a sweep. */
export class Headline {
  readonly #status = h('span', { class: 'status', role: 'status' });
  readonly #title = h('h1', {});
  readonly #subject = h('p', { class: 'subject' });
  readonly #id = h('code', { class: 'id' });
  readonly #note = h('p', { class: 'note' });
  readonly elements: readonly HTMLElement[] = [
    h('div', { class: 'headline' }, this.#title, this.#status),
    this.#subject,
    this.#id,
    this.#note,
  ];

  update(standing: Standing, connection: ConnectionState): void {
    const { title, subject, id, isLive, note, reopen } = standing;
    setText(this.#title, title);
    setText(this.#subject, subject);
    setText(this.#id, id);
    const isLost = connection === 'lost' && isLive;
    const isGone = connection === 'over' && isLive;
    const gone = isGone ? 'its process has ended' : standing.words;
    setText(this.#status, isLost ? 'connection lost, trying again' : gone);
    this.#status.dataset.status = isLost ? 'lost' : isGone ? standing.statusOfLost : standing.status;
    const again = reopen === '' ? '' : ` To open it again: ${reopen}`;
    const over = connection === 'over' ? `The process has ended; this page keeps what it showed.${again}` : '';
    setText(this.#note, [note, over].filter(Boolean).join('\n'));
    show(this.#note, this.#note.textContent !== '');
  }

  /** There is nothing to show. */
  refuse(words: string): void {
    setText(this.#note, words);
  }
}
