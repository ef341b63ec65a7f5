import { join } from 'node:path';
import { factsOf, LiveRun, LiveRuns, resultRows } from '@sparring/dashboard';
import { Interrupted } from '../presentation/interrupted.js';
import { invocation, shortPath } from '../presentation/invocation.js';
import type { Session } from '../train/session.js';
import type { RunSummary } from '../train/summary.js';
import { openPage } from './open-page.js';
import type { PageOptions } from './page-options.js';

/** The page of the run that this process trains. */
export interface RunPage {
  /** null: there is none. */
  readonly live: LiveRun | null;
  conclude(summary: RunSummary): void;
  fail(error: unknown): void;
  close(): Promise<void>;
}

/** Opens it and says where it is. A run does not fail for the sake of its page. */
export async function openRunPage(
  { folder, config, dataSet, screen }: Omit<Session, 'interruption' | 'live'>,
  options: PageOptions,
): Promise<RunPage> {
  if (!options.page) {
    screen.say();
    return noPage;
  }
  const folderOf = (net: string) => (net === 'net' ? folder.path : join(folder.path, 'twin'));
  const reopen = `${invocation()} dashboard ${shortPath(folder.path)}`;
  const live = new LiveRun({ id: folder.id, config, dataSet, folderOf, reopen });
  const page = await openPage(new LiveRuns(live), options).catch((error: Error) => {
    screen.say(screen.colors.yellow(`There is no page to watch it on: ${error.message}`));
    return null;
  });
  if (!page) {
    screen.say();
    return noPage;
  }
  screen.say(`Watch it: ${page.url}`);
  screen.say();
  return {
    live,
    conclude: (summary) =>
      live.conclude({ status: summary.status, results: resultRows(config, summary), facts: factsOf(summary) }),
    fail: (error) => {
      const note = error instanceof Error ? error.message : String(error);
      live.conclude({ status: error instanceof Interrupted ? 'interrupted' : 'failed', note });
    },
    close: async () => {
      await page.close();
      await live.close();
    },
  };
}

const noPage: RunPage = { live: null, conclude: () => {}, fail: () => {}, close: async () => {} };
