import { invocation, shortPath } from '../presentation/invocation.js';
import { listenForInterruption } from './interruption.js';
import { type RunSession, runSession } from './run-session.js';

/** Trains what is left of a run that this process has claimed, under the eyes of a user who may press Ctrl-C. */
export async function finishRun(request: Omit<RunSession, 'interruption'>): Promise<void> {
  const { screen, folder } = request;
  const interruption = listenForInterruption(() => {
    process.stderr.write('\nStopping after the current step, to write a checkpoint; Ctrl-C again stops at once.\n');
  });
  try {
    const summary = await runSession({ ...request, interruption });
    screen.say(
      `All of it is in ${shortPath(folder.path)}; measure it again: ${invocation()} evaluate ${shortPath(folder.path)}`,
    );
    screen.result(summary);
  } finally {
    interruption.release();
  }
}
