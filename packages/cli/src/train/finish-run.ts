import { Endpoint } from '../endpoint/endpoint.js';
import type { EndpointOptions } from '../endpoint/endpoint-settings.js';
import { observe } from '../endpoint/observed.js';
import { invocation, shortPath } from '../presentation/invocation.js';
import { listenForInterruption } from './interruption.js';
import { runSession } from './run-session.js';
import type { Session } from './session.js';

/** Trains what is left of a run that this process has claimed, under the eyes of a user who may press Ctrl-C. */
export async function finishRun(
  request: Omit<Session, 'interruption' | 'observed'>,
  options: EndpointOptions,
): Promise<void> {
  const { screen, folder } = request;
  const endpoint = await Endpoint.open('train', options, (words) => screen.say(words));
  endpoint.readiness = () => ({ ready: true, state: 'training', run: folder.id });
  if (endpoint.url !== null) screen.say(`Metrics: ${endpoint.url}`);
  screen.say();
  const interruption = listenForInterruption();
  try {
    const summary = await runSession({ ...request, interruption, observed: observe(endpoint.metrics) });
    const path = shortPath(folder.path);
    screen.say(`All of it is in ${path}. To measure it again:`);
    screen.say(`  ${invocation()} evaluate ${path}`);
    screen.result(summary);
  } finally {
    interruption.release();
    await endpoint.close();
  }
}
