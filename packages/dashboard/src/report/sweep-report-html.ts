import { plural } from '../view/figures.js';
import { captionOf, sweepPlots } from '../view/sweep-plots.js';
import { type ConfigurationCurves, mostTogether, type SweepRunRow, type SweepView } from '../view/sweep-view.js';
import { documentOf } from './document.js';
import { type Html, html } from './html.js';
import { svgPlot } from './svg-plot.js';
import { comparisonTable, runsTable, sweepTable } from './sweep-tables-html.js';

/** Configurations that have plots of their own: a file with more is slow to open. */
const mostPlotted = 24;

export interface SweepReport {
  readonly view: SweepView;
  /** Of its first configurations, in their order. */
  readonly curves: readonly ConfigurationCurves[];
  readonly runs: readonly SweepRunRow[];
}

/** A sweep's report: one file with its table, its curves as SVG, what went wrong, and what its bits follow from. */
export function sweepReportHtml({ view, curves, runs }: SweepReport): string {
  const { name, id, subject, engine, table, facts, config, numRuns, numConfigurations, counts } = view;
  const standing = [`${counts.done} of ${numRuns} runs done`];
  if (counts.failed > 0) standing.push(`${counts.failed} failed`);
  if (counts.pruned > 0) standing.push(`${counts.pruned} given up`);
  const rows = Object.entries(facts).map(
    ([what, value]) => html`<tr><td class="muted">${what}</td><td class="fact"><code>${value}</code></td></tr>`,
  );
  const comparison = comparisonTable(table);
  const title = `${name}, ${numConfigurations === 1 ? '' : `${numConfigurations} configurations, `}seeds ${view.seeds}`;
  return documentOf(
    title,
    html`<h1>${title}</h1>
<p>${subject} · ${engine}</p>
<p class="muted"><code>${id}</code>, ${standing.join(', ')}</p>
<h2>Result</h2>${sweepTable(table)}
${comparison ? html`<h2>Against ${table.baseline!}</h2>${comparison}` : ''}
<h2>Curves</h2>${plotsOf(curves, numConfigurations)}
${trouble('Failed runs', 'None of them is in the table.', runs, ({ status }) => status === 'failed')}
${trouble('Runs given up', 'By the median rule, and left out of the table, which flatters what is left.', runs, ({ status }) => status === 'pruned')}
${trouble('Runs that collapsed', 'A probe found their robustness gone; they are in the table as they ended.', runs, ({ collapses }) => collapses > 0)}
<h2>Where it comes from</h2><div class="scroll"><table><tbody>${rows}</tbody></table></div>
<h2>Configuration</h2><p class="muted">${numConfigurations === 1 ? "Its seed is replaced by each run's." : `Of ${view.configurations[0]!}; the others differ as the grid says.`}</p><pre>${config}</pre>`,
  );
}

function plotsOf(curves: readonly ConfigurationCurves[], numConfigurations: number): Html {
  const drawn = curves.filter(({ numRuns }) => numRuns > 0);
  if (drawn.length === 0) return html`<p class="muted">No epoch has ended yet.</p>`;
  const together = drawn.length > 1 ? plots('Together', drawn.slice(0, mostTogether)) : '';
  const own = drawn.slice(0, mostPlotted).map((each) => plots(each.label, [each]));
  const left = numConfigurations - Math.min(drawn.length, mostPlotted);
  return html`${together}${own}${left > 0 ? html`<p class="muted">${plural(left, 'configuration')} without a plot: with no epoch that was measured, or beyond the first ${mostPlotted}. The CSV has their numbers.</p>` : ''}`;
}

function plots(title: string, shown: readonly ConfigurationCurves[]): Html {
  const figures = sweepPlots(shown)
    .filter(({ curves }) => curves.length > 0)
    .map((plot) => html`<figure><figcaption>${plot.title}</figcaption>${svgPlot(plot)}</figure>`);
  return html`<h3>${title}</h3><p class="muted">${captionOf(shown)}</p><div class="plots">${figures}</div>`;
}

function trouble(
  title: string,
  words: string,
  runs: readonly SweepRunRow[],
  isOfThem: (row: SweepRunRow) => boolean,
): Html | string {
  const found = runs.filter(isOfThem);
  return found.length === 0 ? '' : html`<h2>${title}</h2><p class="muted">${words}</p>${runsTable(found)}`;
}
