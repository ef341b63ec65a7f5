import type { RunRow } from '../view/run-view.js';
import { h } from './dom.js';
import { showRun } from './run-page.js';
import { showRuns } from './runs-page.js';

const root = document.getElementById('root')!;

try {
  const response = await fetch('/api/runs');
  const rows = (await response.json()) as RunRow[];
  const asked = /^\/run\/(.+)$/.exec(location.pathname)?.[1];
  if (asked !== undefined) showRun(root, decodeURIComponent(asked), rows.length > 1);
  else if (rows.length === 1) showRun(root, rows[0]!.id, false);
  else showRuns(root, rows);
} catch {
  root.replaceChildren(
    h('p', { class: 'empty' }, 'The process that served this page has ended. To open it again: sparring dashboard'),
  );
}
