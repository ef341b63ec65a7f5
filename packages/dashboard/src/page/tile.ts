import { h } from './dom.js';

/** A figure that is to be seen at once. */
export interface Tile {
  readonly label: string;
  readonly value: string;
  readonly detail: string;
  readonly color: string;
}

export function tileElement({ label, value, detail, color }: Tile): HTMLElement {
  const isHex = label === 'parameters';
  return h(
    'div',
    { class: `tile is-${color}${isHex ? ' tile-hex' : ''}` },
    h('span', { class: 'tile-label' }, label),
    h('span', { class: 'tile-value' }, value),
    h('span', { class: 'tile-detail' }, detail),
  );
}
