import { attackTitle } from '../view/curves.js';
import { count, duration, percent, shortHex } from '../view/figures.js';
import type { EpochView, Measured, NetView, RunView } from '../view/run-view.js';
import { type Html, html } from './html.js';

const attacks = ['clean', 'fgsm', 'pgd'] as const;

/** The closing table. */
export function resultsTable({ results, evaluation }: RunView): Html {
  const { examples, epsilon, clip, bounds, pgdIterations } = evaluation;
  if (!results) return html`<p class="muted">The run is not finished: there is no result on the test examples yet.</p>`;
  const shown = attacks.filter((attack) => results.some(({ test }) => test[attack]));
  const clipped = clip ? `clipped to [${bounds.join(', ')}]` : 'not clipped';
  const rows = results.map(
    ({ name, test }) => html`<tr><td>${name}</td>${shown.map((attack) => errorCell(test[attack]))}</tr>`,
  );
  return html`<p class="muted">Error on the ${count(examples)} test examples, ε = ${epsilon}, ${clipped}; in brackets the mean confidence on the mistakes.</p>
<div class="scroll"><table><thead><tr><th></th>${shown.map((attack) => html`<th>${attackTitle(attack, pgdIterations)}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

export function errorCell(measured: Measured | undefined): Html {
  if (!measured) return html`<td>–</td>`;
  const confidence = measured.confidence === null ? '' : ` (${percent(measured.confidence, 0)})`;
  return html`<td><b>${percent(measured.error)}</b>${confidence}</td>`;
}

/** Every epoch of a net, with its digests. */
export function epochsTable(net: NetView, { evaluation }: RunView): Html {
  const shown = attacks.filter((attack) => net.records.some(({ validation }) => validation?.[attack]));
  const names = ['epoch', 'step', 'loss', ...shown.map((attack) => attackTitle(attack, evaluation.pgdIterations))];
  const head = [...names, 'rate', 'momentum', 'examples/s', 'time', 'parameters', 'optimizer'];
  const row = (record: EpochView) => {
    const cells = [
      ...[String(record.epoch), count(record.step), record.loss.toFixed(4)],
      ...shown.map((attack) => (record.validation?.[attack] ? percent(record.validation[attack].error) : '–')),
      ...[String(Number(record.learningRate.toPrecision(3))), String(Number(record.momentum.toPrecision(3)))],
      ...[count(record.examplesPerSecond), duration(record.trainingSeconds)],
    ];
    const digests = [record.parametersDigest, record.optimizerDigest].map(
      (digest) => html`<td><code title="${digest}">${shortHex(digest)}</code></td>`,
    );
    return html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}${digests}</tr>`;
  };
  return html`<h3>${net.title.charAt(0).toUpperCase()}${net.title.slice(1)}</h3><div class="scroll"><table><thead><tr>${head.map((name) => html`<th>${name}</th>`)}</tr></thead><tbody>${net.records.map(row)}</tbody></table></div>`;
}
