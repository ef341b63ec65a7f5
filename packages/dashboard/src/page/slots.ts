import { duration, percent } from '../view/figures.js';
import type { SlotView, SweepView } from '../view/sweep-view.js';
import { h, section, setText, show } from './dom.js';

interface Row {
  readonly element: HTMLElement;
  readonly run: HTMLElement;
  readonly doing: HTMLElement;
  readonly bar: HTMLProgressElement;
}

/** What each slot is at. */
export class Slots {
  readonly element = section('Slots', 'Each computes one run at a time, with a thread of its own.');
  readonly #list = h('div', { class: 'slots' });
  #rows: Row[] = [];

  constructor() {
    this.element.append(this.#list);
  }

  update({ slots, isLive }: SweepView): void {
    show(this.element, isLive && slots.length > 0);
    if (this.#rows.length !== slots.length) {
      this.#rows = slots.map((_, i) => newRow(i));
      this.#list.replaceChildren(...this.#rows.map(({ element }) => element));
    }
    for (const [i, slot] of slots.entries()) fill(this.#rows[i]!, slot);
  }
}

function newRow(place: number): Row {
  const [run, doing] = [h('span', { class: 'lane-name' }), h('span', { class: 'lane-doing' })];
  const bar = h('progress', { max: '1', value: '0', 'aria-label': `slot ${place + 1}` });
  return { element: h('div', { class: 'lane' }, run, doing, bar), run, doing, bar };
}

function fill({ element, run, doing, bar }: Row, slot: SlotView): void {
  const isBusy = slot.run !== '';
  setText(run, slot.run || 'waits');
  setText(doing, isBusy ? `${stageOf(slot)} · ${duration(slot.seconds)}` : '');
  bar.value = isBusy ? (slot.part ?? 0) : 0;
  show(bar, slot.part !== null);
  element.classList.toggle('absent', !isBusy);
}

function stageOf({ place, part, epoch }: SlotView): string {
  if (part === null) return `in process ${place}`;
  return part < 1 ? `epoch ${epoch} · ${percent(part, 0)}` : 'measured';
}
