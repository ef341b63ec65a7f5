import { Dashboard, type RunSource } from '@sparring/dashboard';
import { HttpServer } from '@sparring/runtime';
import type { PageOptions } from './page-options.js';

/** A page that is open. */
export interface Page {
  readonly url: string;
  /** Tells those who look at it that this was the last. */
  close(): Promise<void>;
}

/** Opens the process's HTTP server with the page of these runs on it. @throws Error when nobody can listen there */
export async function openPage(source: RunSource, { listen }: Pick<PageOptions, 'listen'>): Promise<Page> {
  const server = await HttpServer.open(listen);
  const dashboard = new Dashboard(source);
  server.mount(dashboard.handle);
  return {
    url: server.url,
    close: async () => {
      await dashboard.close();
      await server.close();
    },
  };
}
