import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Dashboard, RunsFolder } from '@sparring/dashboard';
import { findRun, HttpServer, listRuns, RunFolderError } from '@sparring/runtime';
import { waitForEnd } from '../cluster/wait-for-end.js';
import { plural } from '../presentation/figures.js';
import { shortPath } from '../presentation/invocation.js';
import { openScreen } from '../presentation/screen.js';

/** The options of `dashboard`, as commander hands them over. */
export interface DashboardOptions {
  readonly listen: { readonly host: string; readonly port: number };
}

/** `sparring dashboard`: serves the page of a folder's runs until Ctrl-C. @throws RunFolderError where there is none */
export async function serveDashboard(folderOrRun: string, options: DashboardOptions): Promise<void> {
  const screen = openScreen();
  const { root, run } = whatToShow(folderOrRun);
  const end = waitForEnd();
  const server = await HttpServer.open(options.listen);
  const dashboard = new Dashboard(new RunsFolder(root));
  server.mount(dashboard.handle);
  try {
    const shown = run ?? `${plural(listRuns(root).length, 'run')} in ${shortPath(root)}`;
    screen.say(`${shown}: ${screen.colors.bold(`${server.url}${run ? `/run/${run}` : ''}`)}`);
    screen.say(screen.colors.dim('Ctrl-C ends it; pages that are open keep what they show.'));
    await end.asked;
  } finally {
    end.release();
    await dashboard.close();
    await server.close();
  }
}

function whatToShow(folderOrRun: string): { readonly root: string; readonly run: string | null } {
  if (existsSync(folderOrRun) && !existsSync(join(folderOrRun, 'config.yaml'))) return { root: folderOrRun, run: null };
  if (folderOrRun === 'runs') throw new RunFolderError('runs: no such folder; to begin a run: sparring train demo');
  const path = findRun(folderOrRun);
  return { root: dirname(path), run: basename(path) };
}
