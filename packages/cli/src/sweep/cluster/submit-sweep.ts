import { type SweepRecord, showSeeds } from '@sparring/sweep';
import type { ConnectionOptions } from '../../cluster/connection.js';
import { UsageError } from '../../commands/usage-error.js';
import { plural } from '../../presentation/figures.js';
import { openScreen } from '../../presentation/screen.js';
import { planSweep } from '../plan-sweep.js';
import { SharedData } from '../shared-data.js';
import type { SweepOptions } from '../sweep-options.js';
import { cancelledWords } from '../sweep-words.js';
import { type ClusterOptions, refuseSlots, whereWords } from './cluster-view.js';
import { checkRoomToFetch } from './fetch-room.js';
import { followSweep } from './follow-sweep.js';
import { SweepClient, SweepRefused } from './sweep-client.js';

/** `sparring sweep --nats`: a cluster's trainers compute what is asked for, or go on with it; this process only watches. */
export async function submitSweep(source: string, options: SweepOptions & ClusterOptions): Promise<void> {
  refuseSlots(options);
  const screen = openScreen(options);
  const record = await planSweep(source, options, new SharedData());
  await checkRoomToFetch(options.out, record);
  const client = await SweepClient.connect(options);
  try {
    await submitRecord(client, record, options);
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

/**
 * Only here is it known what has to be typed on this machine: the coordinator was started otherwise.
 * @throws UsageError where the sweep was cancelled before; SweepRefused; NoCoordinator
 */
export async function submitRecord(
  client: Pick<SweepClient, 'submit' | 'list'>,
  record: SweepRecord,
  options: ConnectionOptions,
): Promise<void> {
  try {
    await client.submit(record);
  } catch (error) {
    if (!(error instanceof SweepRefused)) throw error;
    const known = (await client.list()).find(({ sweep }) => sweep === record.id);
    if (known?.wish !== 'cancel') throw error;
    throw new UsageError(cancelledWords({ record, where: whereWords(options) }));
  }
}
