import { plotsOf } from '../view/curves.js';
import type { RunView } from '../view/run-view.js';
import { Chart } from './chart.js';
import { type ConnectionState, follow, reasonOf } from './connection.js';
import { h, topOf } from './dom.js';
import { Gallery } from './gallery.js';
import { Lanes } from './lanes.js';
import { Overview } from './overview.js';
import { Tables } from './tables.js';

/** One run: everything about it, from the top down in the order in which one asks. */
export function showRun(root: HTMLElement, id: string, backTo: string): void {
  const overview = new Overview();
  const charts = plotsOf({ nets: [], evaluation: noEvaluation }).map((plot) => new Chart(plot));
  const lanes = new Lanes();
  const gallery = new Gallery(id);
  const tables = new Tables();
  root.replaceChildren(
    topOf(backTo),
    overview.element,
    h(
      'main',
      { class: 'cards' },
      tables.results,
      ...charts.map(({ element }) => element),
      gallery.examples,
      gallery.weights,
      lanes.element,
      tables.log,
      tables.epochs,
      tables.config,
    ),
  );
  for (const card of [tables.results, tables.epochs, tables.config]) card.classList.add('wide');
  gallery.examples.classList.add('two-thirds');
  gallery.weights.classList.add('third');
  let view: RunView | undefined;
  let connection: ConnectionState = 'live';
  const draw = () => {
    if (!view) return;
    document.title = `${view.status === 'running' ? '● ' : ''}${view.name} · sparring`;
    overview.update(view, connection);
    for (const [i, plot] of plotsOf(view).entries()) charts[i]!.update(plot);
    lanes.update(view);
    gallery.update(view);
    tables.update(view);
    tables.log.classList.toggle('wide', lanes.element.hidden !== false);
  };
  follow(id, {
    view: (next) => {
      view = next;
      draw();
    },
    state: (next) => {
      connection = next === 'gone' ? 'over' : next;
      if (next === 'gone' && !view) void reasonOf('run', id).then((words) => overview.refuse(words));
      draw();
    },
  });
}

const noEvaluation = { epsilon: 0, clip: true, bounds: [0, 1], pgdIterations: 0, examples: 0 } as const;
