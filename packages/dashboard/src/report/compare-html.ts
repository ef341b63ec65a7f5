import { attackTitle } from '../view/curves.js';
import { count, duration, percent, shortHex } from '../view/figures.js';
import type { AttackKey, RunView } from '../view/run-view.js';
import { comparisonPlots, netOf, shortName } from './comparison.js';
import { documentOf } from './document.js';
import { type Html, html } from './html.js';
import { svgPlot } from './svg-plot.js';

const attacks = ['clean', 'fgsm', 'pgd'] as const;

export interface Difference {
  readonly option: string;
  readonly values: readonly string[];
}

/** Runs side by side: their results, their curves in the same plots, and where their configurations differ. */
export function compareHtml(views: readonly RunView[], differences: readonly Difference[]): string {
  const plots = comparisonPlots(views).map(
    (plot) => html`<figure><figcaption>${plot.title}</figcaption>${svgPlot(plot)}</figure>`,
  );
  const head = ['run', ...attackTitles(views), 'steps', 'time', 'examples/s', 'parameters'];
  return documentOf(
    `${views.length} runs side by side`,
    html`<h1>${views.length} runs side by side</h1>
<p class="muted">Errors on the test examples where a run is finished, else the last on the validation examples, marked with *.</p>
<div class="scroll"><table><thead><tr>${head.map((name) => html`<th>${name}</th>`)}</tr></thead><tbody>${views.map(rowHtml)}</tbody></table></div>
<h2>Curves</h2><div class="plots">${plots}</div>
<h2>Where the configurations differ</h2>${differencesHtml(views, differences)}`,
  );
}

/** What the attacks are called that runs were measured under: with PGD's iterations only where all had as many. */
export function attackTitles(views: readonly RunView[]): string[] {
  const iterations = [...new Set(views.map(({ evaluation }) => evaluation.pgdIterations))];
  return attacks.map((attack) =>
    attack === 'pgd' && iterations.length !== 1 ? 'PGD' : attackTitle(attack, iterations[0]!),
  );
}

/** An error of the net: on the test examples, else the last on the validation examples. */
export function errorOf(
  view: RunView,
  attack: AttackKey,
): { readonly error: number; readonly isTested: boolean } | null {
  const tested = view.results?.[0]?.test[attack];
  if (tested) return { error: tested.error, isTested: true };
  const measured = netOf(view).records.findLast(({ validation }) => validation?.[attack])?.validation?.[attack];
  return measured ? { error: measured.error, isTested: false } : null;
}

function rowHtml(view: RunView): Html {
  const record = netOf(view).records.at(-1);
  const errors = attacks.map((attack) => {
    const found = errorOf(view, attack);
    return html`<td>${found ? `${percent(found.error)}${found.isTested ? '' : ' *'}` : '–'}</td>`;
  });
  const rest = record
    ? [count(record.step), duration(record.trainingSeconds), count(record.examplesPerSecond)]
    : ['–', '–', '–'];
  return html`<tr><td title="${view.id}">${shortName(view)}</td>${errors}${rest.map((cell) => html`<td>${cell}</td>`)}<td><code>${record ? shortHex(record.parametersDigest) : '–'}</code></td></tr>`;
}

function differencesHtml(views: readonly RunView[], differences: readonly Difference[]): Html {
  if (differences.length === 0) return html`<p>Nowhere.</p>`;
  const head = ['option', ...views.map(shortName)].map((name) => html`<th>${name}</th>`);
  const rows = differences.map(
    ({ option, values }) =>
      html`<tr><td>${option}</td>${values.map((value) => html`<td><code>${value}</code></td>`)}</tr>`,
  );
  return html`<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>`;
}
