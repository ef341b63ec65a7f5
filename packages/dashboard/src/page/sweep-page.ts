import type { SweepView } from '../view/sweep-view.js';
import { type ConnectionState, followSweep, reasonOf } from './connection.js';
import { h, section, topOf } from './dom.js';
import { Slots } from './slots.js';
import { SweepCurves } from './sweep-curves.js';
import { SweepOverview } from './sweep-overview.js';
import { SweepRuns } from './sweep-runs.js';
import { SweepTables } from './sweep-tables.js';

/** How often lists and curves, which nobody sends unasked, are asked for while a sweep is computed. */
const askEveryMs = 2_000;

/** One sweep: everything about it, from the top down in the order in which one asks. */
export function showSweep(root: HTMLElement, id: string, backTo: string): void {
  const overview = new SweepOverview();
  const tables = new SweepTables();
  const curves = new SweepCurves(id);
  const slots = new Slots();
  const runs = new SweepRuns(id);
  const origin = section('Where it comes from', 'The bits of all runs follow from this.');
  root.replaceChildren(
    topOf(backTo),
    overview.element,
    h(
      'main',
      { class: 'cards' },
      tables.results,
      tables.comparison,
      curves.element,
      slots.element,
      runs.element,
      origin,
    ),
  );
  for (const card of [tables.results, tables.comparison, curves.element, slots.element, runs.element, origin])
    card.classList.add('wide');
  let view: SweepView | undefined;
  let connection: ConnectionState = 'live';
  let drawnOrigin = false;
  const draw = () => {
    if (!view) return;
    document.title = `${view.status === 'running' ? '● ' : ''}${view.name} · sweep · sparring`;
    overview.update(view, connection);
    tables.update(view);
    slots.update(view);
    curves.update(view);
    runs.update(view);
    if (!drawnOrigin) origin.append(...originParts(view));
    drawnOrigin = true;
  };
  const ask = () => {
    if (!view || connection !== 'live' || document.hidden) return;
    void curves.ask();
    void runs.ask();
  };
  followSweep(id, {
    view: (next) => {
      const isNew = !view || (view.isLive && !next.isLive);
      view = next;
      draw();
      if (isNew) ask();
    },
    state: (next) => {
      connection = next === 'gone' ? 'over' : next;
      if (next === 'gone' && !view) void reasonOf('sweep', id).then((words) => overview.refuse(words));
      draw();
    },
  });
  setInterval(() => view?.isLive && ask(), askEveryMs);
}

function originParts({ facts, config, configurations, numConfigurations }: SweepView): HTMLElement[] {
  const words = Object.entries(facts).flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]);
  const title = numConfigurations === 1 ? 'config.yaml' : `config.yaml of ${configurations[0]}`;
  return [
    h('dl', { class: 'facts' }, ...words),
    h('details', { class: 'config' }, h('summary', {}, title), h('pre', {}, config)),
  ];
}
