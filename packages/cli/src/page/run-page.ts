import { join } from 'node:path';
import { Dashboard, factsOf, LiveRun, LiveRuns, resultRows } from '@sparring/dashboard';
import type { HttpServer } from '@sparring/runtime';
import { Interrupted } from '../presentation/interrupted.js';
import { invocation, shortPath } from '../presentation/invocation.js';
import type { Session } from '../train/session.js';
import type { RunSummary } from '../train/summary.js';
import type { PageOptions } from './page-options.js';

/** The page of the run that this process trains. */
export interface RunPage {
  /** null: there is none. */
  readonly live: LiveRun | null;
  conclude(summary: RunSummary): void;
  fail(error: unknown): void;
  /** Tells those who look at it that this was the last. */
  close(): Promise<void>;
}

/** Mounts it and says where it is. */
export function mountRunPage(
  { folder, config, dataSet, screen }: Pick<Session, 'folder' | 'config' | 'dataSet' | 'screen'>,
  server: HttpServer | null,
  { page }: PageOptions,
): RunPage {
  if (!page || server === null) return noPage;
  const folderOf = (net: string) => (net === 'net' ? folder.path : join(folder.path, net));
  const program = invocation();
  const reopen = `${program} dashboard ${shortPath(folder.path)}`;
  const live = new LiveRun({ id: folder.id, config, dataSet, folderOf, reopen });
  const dashboard = new Dashboard({ runs: new LiveRuns(live), invocation: program });
  const unmount = server.mount(dashboard.handle);
  screen.say(`Watch it: ${screen.colors.bold(server.url)}`);
  return {
    live,
    conclude: (summary) =>
      live.conclude({ status: summary.status, results: resultRows(config, summary), facts: factsOf(summary) }),
    fail: (error) => {
      const note = error instanceof Error ? error.message : String(error);
      live.conclude({ status: error instanceof Interrupted ? 'interrupted' : 'failed', note });
    },
    close: async () => {
      // What is still being made is shown too.
      await live.close();
      await dashboard.close();
      unmount();
    },
  };
}

const noPage: RunPage = { live: null, conclude: () => {}, fail: () => {}, close: async () => {} };
