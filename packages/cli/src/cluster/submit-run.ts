import { randomUUID } from 'node:crypto';
import { clusterSubjects, protocolVersion } from '@sparring/protocol';
import { type RunConfig, writeConfigYaml } from '@sparring/runtime';
import { plural } from '../presentation/figures.js';
import { openScreen } from '../presentation/screen.js';
import { Client, NoCoordinator } from './client.js';
import type { ConnectionOptions } from './connection.js';
import { followRun } from './follow-run.js';
import { refuseRetraining } from './refuse-retraining.js';

export interface SubmitOptions extends ConnectionOptions {
  readonly out: string;
  readonly json?: boolean;
}

/** `sparring train --cluster`: a cluster trains; this process only watches, and fetches the run's folder at the end. */
export async function submitRun(config: RunConfig, options: SubmitOptions): Promise<void> {
  refuseRetraining(config);
  const screen = openScreen(options);
  const client = await Client.connect(options);
  try {
    const { run, ahead } = await submit(client, config);
    screen.say(`${screen.colors.bold(config.name)}, seed ${config.seed}, submitted as ${run}`);
    if (ahead > 0) screen.say(`${plural(ahead, 'run')} of this cluster ${ahead === 1 ? 'comes' : 'come'} first.`);
    await followRun(client, run, { ...options, screen });
  } finally {
    await client.close();
  }
}

/**
 * Lays a run into the cluster's queue. Where no answer comes, it asks again under the same id, by which the coordinator knows what it
 * has taken already: one run comes of it.
 * @throws when the cluster refuses it, with its reason; NoCoordinator after 30 s
 */
export async function submit(client: Pick<Client, 'ask'>, config: RunConfig, patienceMs = 30_000) {
  const question = { protocolVersion, submission: randomUUID(), config: writeConfigYaml(config) };
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    try {
      const reply = await client.ask((bus, options) => bus.request(clusterSubjects().runs.submit, question, options));
      if (reply.kind === 'refused') throw new Error(`the cluster refuses the run: ${reply.reason}`);
      return reply;
    } catch (error) {
      if (!(error instanceof NoCoordinator) || performance.now() >= giveUpAt) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, Math.min(1_000, patienceMs)));
  }
}
