import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { RunsFolder } from '@sparring/dashboard';
import { findRun, listRuns, RunFolderError } from '@sparring/runtime';
import { waitForEnd } from '../cluster/wait-for-end.js';
import { plural } from '../presentation/figures.js';
import { shortPath } from '../presentation/invocation.js';
import { openScreen } from '../presentation/screen.js';
import { openPage } from './open-page.js';
import type { PageOptions } from './page-options.js';

export type DashboardOptions = Pick<PageOptions, 'listen'>;

/** `sparring dashboard`: serves the page of a folder's runs until Ctrl-C. @throws RunFolderError where there is none */
export async function serveDashboard(folderOrRun: string, options: DashboardOptions): Promise<void> {
  const screen = openScreen();
  const { root, run } = whatToShow(folderOrRun);
  const end = waitForEnd();
  const page = await openPage(new RunsFolder(root), options);
  try {
    const shown = run ?? `${plural(listRuns(root).length, 'run')} in ${shortPath(root)}`;
    screen.say(`${shown}: ${screen.colors.bold(`${page.url}${run ? `/run/${run}` : ''}`)}`);
    screen.say(screen.colors.dim('Ctrl-C ends it; pages that are open keep what they show.'));
    await end.asked;
  } finally {
    end.release();
    await page.close();
  }
}

function whatToShow(folderOrRun: string): { readonly root: string; readonly run: string | null } {
  if (existsSync(folderOrRun) && !existsSync(join(folderOrRun, 'config.yaml'))) return { root: folderOrRun, run: null };
  if (folderOrRun === 'runs') throw new RunFolderError('runs: no such folder; to begin a run: sparring train demo');
  const path = findRun(folderOrRun);
  return { root: dirname(path), run: basename(path) };
}
