import { showSeeds } from '@sparring/sweep';
import { plural } from '../../presentation/figures.js';
import { openScreen } from '../../presentation/screen.js';
import { planSweep } from '../plan-sweep.js';
import { SharedData } from '../shared-data.js';
import type { SweepOptions } from '../sweep-options.js';
import { type ClusterOptions, refuseSlots } from './cluster-view.js';
import { checkRoomToFetch } from './fetch-room.js';
import { followSweep } from './follow-sweep.js';
import { SweepClient } from './sweep-client.js';

/** `sparring sweep --nats`: a cluster's trainers compute what is asked for, or go on with it; this process only watches. */
export async function submitSweep(source: string, options: SweepOptions & ClusterOptions): Promise<void> {
  refuseSlots(options);
  const screen = openScreen(options);
  const record = await planSweep(source, options, new SharedData());
  await checkRoomToFetch(options.out, record);
  const client = await SweepClient.connect(options);
  try {
    await client.submit(record);
    const sweep = await client.find(record.id);
    const { states } = sweep;
    const left = [...states.values()].filter(({ status }) => status === 'waiting' || status === 'claimed').length;
    const { bold, dim } = screen.colors;
    screen.say(
      `${bold(record.id)}: ${plural(states.size, 'run')}, ${left === states.size ? 'all' : left} to compute, submitted`,
    );
    const seeds = `${record.seeds.length === 1 ? 'seed' : 'seeds'} ${showSeeds(record.seeds)}`;
    screen.say(
      dim(
        `  ${plural(record.configurations.length, 'configuration')} with the ${seeds}, on ${record.engine}, by the cluster's trainers`,
      ),
    );
    screen.say();
    await followSweep(client, sweep, { ...options, screen });
  } finally {
    await client.close();
  }
}
