import { count, duration, percent, shortHex } from '../view/figures.js';
import { columnsOf, comparedBlocks } from '../view/sweep-columns.js';
import type { SweepRunRow, SweepTableView } from '../view/sweep-view.js';
import { type Html, html } from './html.js';

/** Runs that a list has; all are in the CSV. */
const mostRuns = 200;

/** A line for each configuration: mean ± std, and below it from the least to the largest. */
export function sweepTable(table: SweepTableView): Html {
  const columns = columnsOf(table);
  const lines = table.blocks.map((block) => {
    const cells = columns.map(({ figure }) => {
      const row = block.rows.find((each) => each.figure === figure);
      if (!row) return html`<td>–</td>`;
      return html`<td><b>${row.average}</b><br><span class="muted">${row.least} … ${row.largest}</span></td>`;
    });
    const isBaseline = block.label === table.baseline && table.blocks.length > 1;
    return html`<tr><td>${block.label}${isBaseline ? ' (baseline)' : ''}<br><span class="muted">${block.standing.join(', ')}</span></td>${cells}</tr>`;
  });
  const paper = table.hasPublished
    ? html`<tr><td>the paper</td>${columns.map(({ published }) => html`<td>${published}</td>`)}</tr>`
    : '';
  const source = table.source ? html`<p class="muted">Paper: ${table.source}.</p>` : '';
  return html`<p class="muted">${table.caption} Below, from the least to the largest.</p><div class="scroll"><table><thead><tr><th></th>${columns.map(({ title }) => html`<th>${title}</th>`)}</tr></thead><tbody>${lines}${paper}</tbody></table></div>${source}`;
}

/** null where nothing is compared. */
export function comparisonTable(table: SweepTableView): Html | null {
  const compared = comparedBlocks(table);
  if (compared.length === 0) return null;
  const columns = columnsOf(table);
  const lines = compared.map(({ label, rows }) => {
    const cells = columns.map(({ figure }) => {
      const against = rows.find((row) => row.figure === figure)?.against;
      return html`<td>${against ? html`${against.difference}<br><span class="muted">p ${against.p}</span>` : '–'}</td>`;
    });
    return html`<tr><td>${label}</td>${cells}</tr>`;
  });
  return html`<p class="muted">What each has more than the baseline over their common seeds: the mean difference with its 95 % interval, and p of Wilcoxon's signed-rank test.</p><div class="scroll"><table><thead><tr><th></th>${columns.map(({ title }) => html`<th>${title}</th>`)}</tr></thead><tbody>${lines}</tbody></table></div>`;
}

export function runsTable(runs: readonly SweepRunRow[]): Html {
  const error = (value: number | null) => html`<td>${value === null ? '–' : percent(value)}</td>`;
  const lines = runs
    .slice(0, mostRuns)
    .map(
      ({ label, seed, note, clean, fgsm, pgd, seconds, digest, collapses }) =>
        html`<tr><td>${label} seed ${seed}</td>${error(clean)}${error(fgsm)}${error(pgd)}<td>${seconds === null ? '–' : duration(seconds)}</td><td><code>${digest ? shortHex(digest) : '–'}</code></td><td class="fact wrapped">${note}${collapses > 0 ? ` collapsed ${count(collapses)} ×` : ''}</td></tr>`,
    );
  const more = runs.length - mostRuns;
  const head = ['run', 'clean', 'FGSM', 'PGD', 'time', 'parameters', ''].map((name) => html`<th>${name}</th>`);
  return html`<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${lines}</tbody></table></div>${more > 0 ? html`<p class="muted">… and ${count(more)} more.</p>` : ''}`;
}
