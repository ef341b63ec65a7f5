import { attackTitle } from '../view/curves.js';
import { count, duration, moment, percent, shortHex } from '../view/figures.js';
import type { AttackKey, EpochView, Measured, NetView, RunView } from '../view/run-view.js';
import { h, section, show } from './dom.js';

const attacks = ['clean', 'fgsm', 'pgd'] as const;

/** What the run came to, its epochs, what happened, and how it was configured. */
export class Tables {
  readonly results = section('Result', '');
  readonly epochs = section('Epochs', 'The same configuration gives the same digests, whoever computes it.');
  readonly log = section('What happened', '');
  readonly config = section('Configuration', 'Every option, as it was resolved.');
  #drawn = '';

  update(view: RunView): void {
    const { nets, log, results } = view;
    const drawn = JSON.stringify([
      nets.map(({ records }) => records.length),
      log.length,
      log.at(-1)?.atMs,
      results !== null,
    ]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const begun = nets.filter(({ records }) => records.length > 0);
    show(this.results, results !== null);
    if (results) fill(this.results, resultParts(view));
    fill(
      this.epochs,
      begun.length > 0 ? begun.map((net) => epochTable(net, view)) : [empty('The first epoch has not ended yet.')],
    );
    show(this.log, log.length > 0);
    fill(this.log, [logList(view)]);
    fill(this.config, [details('config', 'config.yaml', h('pre', {}, view.config))]);
  }
}

/** What the reader has opened or closed stays so. */
function fill(card: HTMLElement, children: readonly HTMLElement[]): void {
  const open = new Map([...card.querySelectorAll('details')].map((each) => [each.className, each.open]));
  card.replaceChildren(card.firstElementChild!, ...children);
  for (const each of card.querySelectorAll('details')) each.open = open.get(each.className) ?? each.open;
}

function resultParts({ results, evaluation, facts }: RunView): HTMLElement[] {
  const { examples, epsilon, clip, bounds, pgdIterations } = evaluation;
  const shown = attacks.filter((attack) => results!.some(({ test }) => test[attack]));
  const clipped = clip ? `clipped to [${bounds.join(', ')}]` : 'not clipped';
  const head = h('tr', {}, h('th', {}), ...shown.map((attack) => h('th', {}, attackTitle(attack, pgdIterations))));
  const rows = results!.map(({ name, test }) =>
    h('tr', {}, h('th', { scope: 'row' }, name), ...shown.map((attack) => errorCell(test[attack]))),
  );
  return [
    h(
      'p',
      { class: 'caption' },
      `Error on the ${count(examples)} test examples, ε = ${epsilon}, ${clipped}; in brackets the mean confidence on the mistakes.`,
    ),
    scrollable(h('table', { class: 'results' }, h('thead', {}, head), h('tbody', {}, ...rows))),
    h(
      'dl',
      { class: 'facts' },
      ...Object.entries(facts).flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]),
    ),
  ];
}

function errorCell(measured: Measured | undefined): HTMLElement {
  if (!measured) return h('td', {}, '–');
  const confidence = measured.confidence === null ? '' : ` (${percent(measured.confidence, 0)})`;
  return h('td', {}, h('b', {}, percent(measured.error)), h('small', {}, confidence));
}

function epochTable(net: NetView, { evaluation }: RunView): HTMLElement {
  const { records, title } = net;
  const shown = attacks.filter((attack) => records.some(({ validation }) => validation?.[attack]));
  const names = [
    'epoch',
    'step',
    'loss',
    ...shown.map((attack) => attackTitle(attack, evaluation.pgdIterations)),
    'rate',
    'examples/s',
    'time',
    'parameters',
    'optimizer',
  ];
  const table = h(
    'table',
    {},
    h('thead', {}, h('tr', {}, ...names.map((name) => h('th', {}, name)))),
    h('tbody', {}, ...records.toReversed().map((record) => epochRow(record, shown))),
  );
  return details(
    `epochs-${net.key}`,
    `${title.charAt(0).toUpperCase()}${title.slice(1)}: ${records.length} of ${net.epochs} epochs`,
    scrollable(table),
    net.key === 'net',
  );
}

function epochRow(record: EpochView, shown: readonly AttackKey[]): HTMLElement {
  const errors = shown.map((attack) => record.validation?.[attack]);
  const cells = [
    String(record.epoch),
    count(record.step),
    record.loss.toFixed(4),
    ...errors.map((measured) => (measured ? percent(measured.error) : '–')),
    String(Number(record.learningRate.toPrecision(2))),
    count(record.examplesPerSecond),
    duration(record.trainingSeconds),
  ];
  const digests = [record.parametersDigest, record.optimizerDigest];
  return h(
    'tr',
    {},
    ...cells.map((text) => h('td', {}, text)),
    ...digests.map((digest) => h('td', {}, h('code', { title: digest }, shortHex(digest)))),
  );
}

function logList({ log }: RunView): HTMLElement {
  return h(
    'ol',
    { class: 'log' },
    ...log
      .slice(-60)
      .reverse()
      .map(({ atMs, level, text }) =>
        h(
          'li',
          { class: level },
          h('time', { title: moment(atMs) }, new Date(atMs).toLocaleTimeString('en-GB')),
          h('span', {}, text),
        ),
      ),
  );
}

function details(name: string, summary: string, content: HTMLElement, isOpen = false): HTMLElement {
  return h('details', { class: name, ...(isOpen ? { open: '' } : {}) }, h('summary', {}, summary), content);
}

function scrollable(table: HTMLElement): HTMLElement {
  return h('div', { class: 'scroll' }, table);
}

function empty(text: string): HTMLElement {
  return h('p', { class: 'empty' }, text);
}
