import { isUnreadable, type RunRow, type UnreadableRow } from '../view/run-view.js';
import type { SweepRow } from '../view/sweep-view.js';
import { h } from './dom.js';
import { invocation } from './invocation.js';
import { showLists } from './lists-page.js';
import { showRun } from './run-page.js';
import { showSweep } from './sweep-page.js';

const root = document.getElementById('root')!;

try {
  const asked = /^\/(run|sweep)\/(.+)$/.exec(location.pathname);
  const [rows, sweeps] = await Promise.all([
    list<RunRow | UnreadableRow>('runs'),
    list<SweepRow | UnreadableRow>('sweeps'),
  ]);
  const back = rows.length + sweeps.length > 1 ? '← all runs' : sweeps.length === 1 ? '← the sweep' : '';
  if (asked?.[1] === 'run') showRun(root, decodeURIComponent(asked[2]!), back);
  else if (asked) showSweep(root, decodeURIComponent(asked[2]!), rows.length + sweeps.length > 1 ? back : '');
  else if (rows.length + sweeps.length !== 1 || [...rows, ...sweeps].some(isUnreadable)) showLists(root, rows, sweeps);
  else if (rows.length === 1) showRun(root, rows[0]!.id, '');
  else showSweep(root, sweeps[0]!.id, '');
} catch {
  root.replaceChildren(
    h(
      'p',
      { class: 'empty' },
      `The process that served this page has ended. To open it again: ${invocation} dashboard`,
    ),
  );
}

async function list<Row>(what: 'runs' | 'sweeps'): Promise<Row[]> {
  return (await fetch(`/api/${what}`)).json() as Promise<Row[]>;
}
