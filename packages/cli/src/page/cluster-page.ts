import { Dashboard, type RunSource } from '@sparring/dashboard';
import type { HttpServer, Logger } from '@sparring/runtime';
import { invocation } from '../presentation/invocation.js';
import type { PageOptions } from './page-options.js';

/** What a coordinator logs when its page is there, with its `url`. */
export const pageOpened = 'the page is open';

/** Mounts the page of a cluster's runs and logs where it is. Returns what takes it away. */
export function mountClusterPage(
  server: HttpServer | null,
  runs: RunSource,
  { page }: PageOptions,
  log: Logger,
): () => Promise<void> {
  if (!page || server === null) return async () => {};
  const dashboard = new Dashboard({ runs, invocation: invocation() });
  const unmount = server.mount(dashboard.handle);
  log.info({ url: server.url }, pageOpened);
  return async () => {
    await dashboard.close();
    unmount();
  };
}
