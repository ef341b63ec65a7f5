import { clusterSubjects } from '@sparring/protocol';
import { openScreen } from '../presentation/screen.js';
import { Client } from './client.js';
import type { ConnectionOptions } from './connection.js';

/** `sparring cancel`: ends a run of a cluster, or takes it out of the queue. */
export async function cancelRun(beginning: string, options: ConnectionOptions): Promise<void> {
  const screen = openScreen();
  const client = await Client.connect(options);
  try {
    const { run } = await client.find(beginning);
    const { runs } = clusterSubjects();
    const { status } = await client.ask((bus, limits) => bus.request(runs.cancel, { run }, limits));
    screen.say(status === 'cancelled' ? `${run} is cancelled.` : `${run} is ${status}: there is nothing to cancel.`);
  } finally {
    await client.close();
  }
}
