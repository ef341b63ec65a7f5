import { type Activity, activities, keptLooks, type Lane, type RunView } from '../view/run-view.js';
import { h, section, setText, show } from './dom.js';
import { colorOf, onSchemeChange } from './palette.js';

const colors: Readonly<Record<Activity, string>> = {
  idle: 'lane',
  advance: 'green',
  'whole pass': 'sky',
  'both pass': 'blue',
  'clean pass': 'blue',
  'adversarial pass': 'yellow',
  attack: 'orange',
  probe: 'purple',
};

const words: Readonly<Record<Activity, string>> = {
  idle: 'waits',
  advance: 'takes whole steps',
  'whole pass': 'attack and passes',
  'both pass': 'both passes',
  'clean pass': 'clean pass',
  'adversarial pass': 'adversarial pass',
  attack: 'attacks',
  probe: 'measures',
};

interface Row {
  readonly element: HTMLElement;
  readonly name: HTMLElement;
  readonly doing: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  lane: Lane;
}

/** A lane for each worker: what it does, and what it did during the last minute. */
export class Lanes {
  readonly element: HTMLElement;
  readonly #list = h('div', { class: 'lanes' });
  readonly #legend = h('ul', { class: 'legend' });
  readonly #empty = h('p', { class: 'empty' });
  readonly #rows = new Map<string, Row>();

  constructor() {
    const hint = 'Looked at five times a second while this page is open; the last minute, now at the right.';
    this.element = section('Workers', hint, this.#legend, this.#empty, this.#list);
    onSchemeChange(() => this.#drawAll());
    new ResizeObserver(() => this.#drawAll()).observe(this.#list);
  }

  update({ lanes, isLive }: RunView): void {
    // Of a run that others train, or that is over, nothing is known of its workers.
    show(this.element, isLive || lanes.length > 0);
    show(this.#empty, lanes.length === 0);
    setText(this.#empty, 'No worker to be seen: none has joined yet, or another process trains the run.');
    const seen = new Set<Activity>(lanes.flatMap(({ lately }) => lately.map((index) => activities[index]!)));
    this.#legend.replaceChildren(
      ...activities
        .filter((activity) => seen.has(activity))
        .map((activity) => h('li', {}, h('i', { class: `swatch is-${colors[activity]}` }), words[activity])),
    );
    for (const [workerId, { element }] of this.#rows) {
      if (lanes.some((lane) => lane.workerId === workerId)) continue;
      element.remove();
      this.#rows.delete(workerId);
    }
    for (const [place, lane] of lanes.entries()) this.#show(lane, place);
  }

  #show(lane: Lane, place: number): void {
    let row = this.#rows.get(lane.workerId);
    if (!row) {
      row = newRow(lane);
      this.#rows.set(lane.workerId, row);
      this.#list.insertBefore(row.element, this.#list.children[place] ?? null);
    }
    row.lane = lane;
    setText(row.name, lane.workerId);
    setText(row.doing, lane.isPresent ? lane.doing || 'waits' : 'has left');
    row.element.classList.toggle('absent', !lane.isPresent);
    draw(row);
  }

  #drawAll(): void {
    for (const row of this.#rows.values()) draw(row);
  }
}

function newRow(lane: Lane): Row {
  const name = h('span', { class: 'lane-name' });
  const place = h('span', { class: 'lane-place' }, lane.place);
  const doing = h('span', { class: 'lane-doing' });
  const canvas = h('canvas', { class: 'lane-strip', role: 'img', 'aria-label': `what ${lane.workerId} did lately` });
  const element = h(
    'div',
    { class: `lane lane-${lane.role}` },
    h('span', { class: 'lane-who' }, name, place),
    doing,
    canvas,
  );
  return { element, name, doing, canvas, lane };
}

function draw({ canvas, lane }: Row): void {
  const ratio = devicePixelRatio;
  const [width, height] = [Math.round(canvas.clientWidth * ratio), Math.round(canvas.clientHeight * ratio)];
  if (width === 0) return;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d')!;
  context.fillStyle = colorOf('lane');
  context.fillRect(0, 0, width, height);
  const one = width / keptLooks;
  const { lately } = lane;
  const shades = new Map(activities.map((activity) => [activity, colorOf(colors[activity])]));
  for (let i = 0; i < lately.length; ) {
    const activity = activities[lately[i]!]!;
    let end = i;
    while (end < lately.length && lately[end] === lately[i]) end++;
    const left = Math.round(width - (lately.length - i) * one);
    const right = Math.round(width - (lately.length - end) * one);
    if (activity !== 'idle') {
      context.fillStyle = shades.get(activity)!;
      context.fillRect(left, 0, Math.max(1, right - left), height);
    }
    i = end;
  }
}
