import { Endpoint } from '../endpoint/endpoint.js';
import { observe } from '../endpoint/observed.js';
import type { PageOptions } from '../page/page-options.js';
import { mountRunPage } from '../page/run-page.js';
import { invocation, shortPath } from '../presentation/invocation.js';
import { runSession } from './run-session.js';
import type { Session } from './session.js';

/** Trains what is left of a run that this process has claimed, under the eyes of a user who may press Ctrl-C. */
export async function finishRun(request: Omit<Session, 'observed' | 'live'>, options: PageOptions): Promise<void> {
  const { screen, folder } = request;
  const endpoint = await Endpoint.open('train', options, (words) => screen.say(words));
  endpoint.readiness = () => ({ ready: true, state: 'training', run: folder.id });
  if (endpoint.url !== null) screen.say(`Metrics: ${endpoint.url}`);
  const page = mountRunPage(request, endpoint.server, options);
  screen.say();
  try {
    const observed = endpoint.server && observe(endpoint.metrics);
    const summary = await runSession({ ...request, observed, live: page.live });
    page.conclude(summary);
    const path = shortPath(folder.path);
    screen.say(`All of it is in ${path}. To measure it again:`);
    screen.say(`  ${invocation()} evaluate ${path}`);
    screen.say('To see its page again:');
    screen.say(`  ${invocation()} dashboard ${path}`);
    screen.result(summary);
  } catch (error) {
    page.fail(error);
    throw error;
  } finally {
    await page.close();
    await endpoint.close();
  }
}
