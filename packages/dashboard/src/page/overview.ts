import { collapseWords } from '../view/collapses.js';
import { attackTitle } from '../view/curves.js';
import { count, duration, percent, shortHex } from '../view/figures.js';
import type { NetView, RunStatus, RunView } from '../view/run-view.js';
import type { ConnectionState } from './connection.js';
import { h, setText, show } from './dom.js';
import { Headline } from './headline.js';
import { type Tile, tileElement } from './tile.js';

const statusWords: Readonly<Record<RunStatus, string>> = {
  queued: 'queued',
  running: 'running',
  finished: 'finished',
  'stopped-early': 'finished early',
  collapsed: 'collapsed',
  interrupted: 'interrupted',
  failed: 'failed',
  cancelled: 'cancelled',
};

/** What is trained, how far it is, and how it stands: the top of a run's page. */
export class Overview {
  readonly element: HTMLElement;
  readonly #headline = new Headline();
  readonly #warning = h('p', { class: 'warning', role: 'alert' });
  readonly #bar = h('progress', { max: '1', value: '0', 'aria-label': 'progress' });
  readonly #progress = h('p', { class: 'progress-words' });
  readonly #tiles = h('div', { class: 'tiles' });
  /** When this page saw which step: what is left is told by that, measurements between the epochs included. */
  #seen: { readonly net: string; readonly step: number; readonly at: number } | undefined;

  constructor() {
    this.element = h(
      'div',
      { class: 'overview' },
      ...this.#headline.elements,
      this.#warning,
      h('div', { class: 'progress' }, this.#bar, this.#progress),
      this.#tiles,
    );
  }

  update(view: RunView, connection: ConnectionState): void {
    const { name, seed, subject, engine, status } = view;
    const title = `${name}, seed ${seed}`;
    const words = { words: statusWords[status], statusOfLost: 'interrupted' };
    this.#headline.update({ ...view, ...words, title, subject: `${subject} · ${engine}` }, connection);
    const warning = collapseWords(view.nets.flatMap(({ probes }) => probes));
    setText(this.#warning, warning ?? '');
    show(this.#warning, warning !== null);
    const net = currentNet(view);
    this.#showProgress(view, net);
    const tiles = tilesOf(view, net);
    this.#tiles.replaceChildren(...tiles.map(tileElement));
  }

  /** There is nothing to show. */
  refuse(words: string): void {
    this.#headline.refuse(words);
  }

  #showProgress(view: RunView, net: NetView): void {
    const { now, lastStep, epochs, stage, title } = net;
    const step = now?.step ?? 0;
    const isDone = !view.isLive && view.results !== null;
    this.#bar.value = isDone ? 1 : lastStep > 0 ? step / lastStep : 0;
    if (isDone) {
      const { trainingSeconds = 0 } = net.records.at(-1) ?? {};
      setText(this.#progress, `${count(step)} steps in ${epochs} epochs, ${duration(trainingSeconds)} of training`);
      return;
    }
    if (!now) {
      setText(this.#progress, `Getting ${title} ready …`);
      return;
    }
    const epoch = Math.min(epochs, Math.floor((step / Math.max(1, lastStep)) * epochs) + (step < lastStep ? 1 : 0));
    const words = [`Training ${title}`, `epoch ${epoch} of ${epochs}`, `step ${count(step)} of ${count(lastStep)}`];
    if (stage === 'measuring') words[0] = `Measuring ${title}`;
    setText(this.#progress, [...words, ...(view.isLive ? this.#remaining(net) : [])].join(' · '));
  }

  #remaining({ key, now, lastStep }: NetView): string[] {
    const step = now!.step;
    if (this.#seen?.net !== key || step < this.#seen.step) this.#seen = { net: key, step, at: performance.now() };
    const { step: first, at } = this.#seen;
    const seconds = (performance.now() - at) / 1_000;
    if (step === first || seconds < 2 || step >= lastStep) return [];
    return [`about ${duration(Math.round((seconds / (step - first)) * (lastStep - step)))} left`];
  }
}

/** The net that is trained at present, or was last. */
export function currentNet({ nets }: RunView): NetView {
  const busy = nets.find(({ stage }) => stage === 'training' || stage === 'measuring');
  return busy ?? nets.findLast(({ stage }) => stage === 'done') ?? nets[0]!;
}

function tilesOf({ evaluation, results }: RunView, net: NetView): Tile[] {
  const record = net.records.at(-1);
  const loss = net.now?.loss ?? record?.loss;
  const colors = { clean: 'blue', fgsm: 'orange', pgd: 'purple' } as const;
  const tested = results?.[0]?.test;
  const errors = (['clean', 'fgsm', 'pgd'] as const).flatMap((attack) => {
    const error = tested?.[attack]?.error ?? lastError(net, attack);
    // PGD is measured at the end, or by probes.
    if (error === undefined && attack === 'pgd') return [];
    const label = attack === 'clean' ? 'clean error' : `${attackTitle(attack, evaluation.pgdIterations)} error`;
    const detail = tested ? `on ${count(evaluation.examples)} test examples` : 'on validation examples';
    return [{ label, value: error === undefined ? '–' : percent(error), detail, color: colors[attack] }];
  });
  return [
    ...errors,
    { label: 'loss', value: loss === undefined ? '–' : loss.toFixed(3), detail: 'mean of the epoch', color: 'green' },
    {
      ...{ label: 'speed', value: net.now ? count(net.now.examplesPerSecond) : '–', detail: 'examples a second' },
      color: 'green',
    },
    {
      ...{ label: 'parameters', value: record ? shortHex(record.parametersDigest) : '–', color: 'muted' },
      detail: record ? `digest after step ${count(record.step)}` : 'a digest after each epoch',
    },
  ];
}

function lastError(net: NetView, attack: 'clean' | 'fgsm' | 'pgd'): number | undefined {
  const record = net.records.findLast(({ validation }) => validation?.[attack]);
  const probe = net.probes.findLast(({ errors }) => errors[attack] !== undefined);
  if (probe && probe.step > (record?.step ?? -1)) return probe.errors[attack];
  return record?.validation?.[attack]?.error;
}
