import type { PageOptions } from '../page/page-options.js';
import { openRunPage } from '../page/run-page.js';
import { invocation, shortPath } from '../presentation/invocation.js';
import { listenForInterruption } from './interruption.js';
import { runSession } from './run-session.js';
import type { Session } from './session.js';

/** Trains what is left of a run that this process has claimed, under the eyes of a user who may press Ctrl-C. */
export async function finishRun(request: Omit<Session, 'interruption' | 'live'>, options: PageOptions): Promise<void> {
  const { screen, folder } = request;
  const interruption = listenForInterruption();
  const page = await openRunPage(request, options);
  try {
    const summary = await runSession({ ...request, interruption, live: page.live });
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
    interruption.release();
    await page.close();
  }
}
