import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Dashboard, RunsFolder } from '@sparring/dashboard';
import { HttpServer, listRuns, RunFolderError } from '@sparring/runtime';
import { waitForEnd } from '../cluster/wait-for-end.js';
import { Endpoint } from '../endpoint/endpoint.js';
import { plural } from '../presentation/figures.js';
import { invocation, shortPath } from '../presentation/invocation.js';
import { openScreen } from '../presentation/screen.js';
import { findRunOrSweep } from '../sweep/find-run-or-sweep.js';
import { SweepsFolder } from './sweeps-folder.js';

/** The options of `dashboard`, as commander hands them over. */
export interface DashboardOptions {
  readonly listen: { readonly host: string; readonly port: number };
}

/** `sparring dashboard`: serves the page of a folder's runs and sweeps until Ctrl-C. @throws RunFolderError where there is none */
export async function serveDashboard(asked: string, options: DashboardOptions): Promise<void> {
  const screen = openScreen();
  const { root, one } = await whatToShow(asked);
  const end = waitForEnd();
  const onFault = (error: Error) => screen.say(`an answer over HTTP failed: ${error.message}`);
  const server = await HttpServer.open({ ...options.listen, onFault });
  const endpoint = await Endpoint.on(server, 'dashboard');
  endpoint.readiness = () => ({ ready: true, state: 'showing', folder: root });
  const sweeps = new SweepsFolder(root);
  // So that the runs of a sweep are known as such before any is listed.
  const listed = await sweeps.list();
  const runs = new RunsFolder(root, { invocation: invocation(), isPassedOver: (id) => sweeps.has(id) });
  const dashboard = new Dashboard({ runs, sweeps, invocation: invocation() });
  server.mount(dashboard.handle);
  try {
    const all = `${listed.length > 0 ? `${plural(listed.length, 'sweep')} and ` : ''}${plural(listRuns(root).length, 'run')} in ${shortPath(root)}`;
    screen.say(`${one?.id ?? all}: ${screen.colors.bold(`${server.url}${one ? `/${one.kind}/${one.id}` : ''}`)}`);
    screen.say(`Metrics: ${endpoint.url}`);
    screen.say(screen.colors.dim('Ctrl-C ends it; pages that are open keep what they show.'));
    await end.asked;
  } finally {
    end.release();
    await dashboard.close();
    await endpoint.close();
    await runs.close();
  }
}

interface Shown {
  readonly root: string;
  /** null: all that the folder has. */
  readonly one: { readonly kind: 'run' | 'sweep'; readonly id: string } | null;
}

async function whatToShow(asked: string): Promise<Shown> {
  if (existsSync(join(asked, 'sweep.json'))) {
    const path = resolve(asked);
    return { root: dirname(dirname(path)), one: { kind: 'sweep', id: basename(path) } };
  }
  if (existsSync(asked) && !existsSync(join(asked, 'config.yaml'))) return { root: asked, one: null };
  if (asked === 'runs') throw new RunFolderError(`runs: no such folder; to begin a run: ${invocation()} train demo`);
  const found = await findRunOrSweep(asked, 'runs');
  if (found.kind === 'sweep') return { root: 'runs', one: { kind: 'sweep', id: found.record.id } };
  return { root: dirname(found.path), one: { kind: 'run', id: basename(found.path) } };
}
