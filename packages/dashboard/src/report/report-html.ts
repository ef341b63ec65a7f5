import type { Pictures } from '../pictures/pictures.js';
import { collapseWords } from '../view/collapses.js';
import { plotsOf } from '../view/curves.js';
import type { NetKey, RunView } from '../view/run-view.js';
import { documentOf } from './document.js';
import { html } from './html.js';
import { picturesHtml } from './pictures-html.js';
import { svgPlot } from './svg-plot.js';
import { epochsTable, resultsTable } from './tables-html.js';

/** A run's report: one file that shows what its page showed, with plots as SVG. */
export function reportHtml(view: RunView, pictures: Partial<Record<NetKey, Pictures | null>>): string {
  const plots = plotsOf(view).map(
    (plot) => html`<figure><figcaption>${plot.title}</figcaption>${svgPlot(plot)}</figure>`,
  );
  const shown = view.nets
    .toReversed()
    .flatMap(({ key, title }) => (pictures[key] ? [picturesHtml(title, pictures[key])] : []));
  const facts = Object.entries(view.facts).map(
    ([name, value]) => html`<tr><td class="muted">${name}</td><td class="fact"><code>${value}</code></td></tr>`,
  );
  const collapse = collapseWords(view.nets.flatMap(({ probes }) => probes));
  return documentOf(
    `${view.name}, seed ${view.seed}`,
    html`<h1>${view.name}, seed ${view.seed}</h1>
<p>${view.subject} · ${view.engine}</p>
<p class="muted"><code>${view.id}</code>, ${view.status}</p>
<h2>Result</h2>${collapse ? html`<p>${collapse}</p>` : ''}${resultsTable(view)}
<h2>Curves</h2><div class="plots">${plots}</div>
${shown}
<h2>Epochs</h2>${view.nets.filter(({ records }) => records.length > 0).map((net) => epochsTable(net, view))}
<h2>Digests and machine</h2><div class="scroll"><table><tbody>${facts}</tbody></table></div>
<h2>Configuration</h2><pre>${view.config}</pre>`,
  );
}
