import { invocation, shortPath } from '../presentation/invocation.js';
import { listenForInterruption } from './interruption.js';
import { runSession } from './run-session.js';
import type { Session } from './session.js';

/** Trains what is left of a run that this process has claimed, under the eyes of a user who may press Ctrl-C. */
export async function finishRun(request: Omit<Session, 'interruption'>): Promise<void> {
  const { screen, folder } = request;
  const interruption = listenForInterruption();
  try {
    const summary = await runSession({ ...request, interruption });
    const path = shortPath(folder.path);
    screen.say(`All of it is in ${path}. To measure it again:`);
    screen.say(`  ${invocation()} evaluate ${path}`);
    screen.result(summary);
  } finally {
    interruption.release();
  }
}
