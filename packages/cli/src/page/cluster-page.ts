import type { RunSource } from '@sparring/dashboard';
import type { Logger } from '@sparring/runtime';
import { openPage } from './open-page.js';
import type { PageOptions } from './page-options.js';

/** What a coordinator logs when its page is open, with its `url`. */
export const pageOpened = 'the page is open';

/** Opens the page of a cluster's runs and logs where it is. A coordinator does not end for the sake of its page. Returns what closes it. */
export async function openClusterPage(
  source: RunSource,
  options: PageOptions,
  log: Logger,
): Promise<() => Promise<void>> {
  if (!options.page) return async () => {};
  try {
    const page = await openPage(source, options);
    log.info({ url: page.url }, pageOpened);
    return page.close;
  } catch (error) {
    log.warn({ error }, 'there is no page');
    return async () => {};
  }
}
