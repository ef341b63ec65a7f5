import type { SweepVerb } from '@sparring/protocol';
import { type FollowedSweep, type ListedSweep, showSeeds, tableCsv, tableText, tabulate } from '@sparring/sweep';
import { count, plural } from '../../presentation/figures.js';
import { openScreen } from '../../presentation/screen.js';
import type { ControlOptions } from '../control-sweep.js';
import { countsOf, sweepJson } from '../sweep-json.js';
import { command, failureWords, prunedWords } from '../sweep-words.js';
import { type ClusterOptions, refuseSlots, viewOf } from './cluster-view.js';
import { checkRoomToFetch } from './fetch-room.js';
import { followSweep } from './follow-sweep.js';
import { SweepClient } from './sweep-client.js';

/** `sparring sweeps --nats`: those of a cluster, a line each. */
export async function listClusterSweeps(options: ClusterOptions & { readonly json?: boolean }): Promise<void> {
  const screen = openScreen(options);
  await withClient(options, async (client) => {
    const listed = await client.list();
    screen.result(
      listed.map(({ counts: { claimed: begun, ...counts }, ...sweep }) => ({
        ...{ sweep: sweep.sweep, standing: standingOf(sweep, counts.waiting + begun), runs: sweep.runs },
        ...{ ...counts, begun },
      })),
    );
    if (options.json) return;
    if (listed.length === 0) screen.say('There are no sweeps in this cluster.');
    const width = Math.max(0, ...listed.map(({ sweep }) => sweep.length));
    for (const { counts, ...sweep } of listed) {
      const { done, failed, pruned, waiting, claimed } = counts;
      const more = [failed > 0 ? `, ${failed} failed` : '', pruned > 0 ? `, ${pruned} given up` : ''].join('');
      const name = screen.colors.bold(sweep.sweep.padEnd(width));
      const standing = standingOf(sweep, waiting + claimed);
      screen.say(`${name}  ${count(done)} of ${plural(sweep.runs, 'run')} done${more}; ${standing}`);
    }
  });
}

/** `sparring sweep status --nats`. */
export async function showClusterSweep(
  id: string,
  options: ClusterOptions & { readonly json?: boolean; readonly csv?: boolean },
): Promise<void> {
  const { json, csv } = options;
  const screen = openScreen({ json: json || csv });
  await withClient(options, async (client) => {
    const sweep = await client.find(id);
    const view = viewOf(sweep, options);
    const { record } = view;
    const standing = standingOf({ wish: sweep.wish, running: sweep.processes.size }, view.count('waiting', 'claimed'));
    const table = tabulate(record, view.states.values());
    if (csv) process.stdout.write(tableCsv(table));
    if (json)
      process.stdout.write(`${JSON.stringify({ standing, hindrances: sweep.hindrances, ...sweepJson(view) })}\n`);
    if (csv || json) return;
    const { runs, done, failed, pruned, begun } = countsOf(view);
    const parts = [
      `${count(done)} of ${plural(runs, 'run')} done`,
      `${begun} begun`,
      `${failed} failed`,
      `${pruned} given up`,
    ];
    screen.say(`${screen.colors.bold(record.id)}: ${parts.join(', ')}; ${standing}`);
    const configurations = plural(record.configurations.length, 'configuration');
    screen.say(
      `  ${configurations} with the seeds ${showSeeds(record.seeds)}, from ${record.source}, on ${record.engine}`,
    );
    for (const hindrance of sweep.hindrances) screen.say(screen.colors.yellow(`  ${hindrance}`));
    screen.say();
    for (const line of [...tableText(table), ...prunedWords(view), ...failureWords(view)]) screen.say(line);
  });
}

/** `sparring sweep pause`, `cancel` and `rm`, `--nats`. */
export async function changeClusterSweep(
  id: string,
  verb: Exclude<SweepVerb, 'resume' | 'retry'>,
  options: ClusterOptions,
): Promise<void> {
  const screen = openScreen();
  await withClient(options, async (client) => {
    const sweep = await client.find(id);
    await client.change(sweep.record.id, verb);
    const done = {
      pause: 'paused',
      cancel: 'cancelled',
      remove: 'forgotten, with what no other sweep has of its runs',
    }[verb];
    if (verb === 'remove') return screen.say(`${sweep.record.id} is ${done}.`);
    screen.say(`${sweep.record.id} is ${done}: its trainers give their runs back, with checkpoints. To go on:`);
    screen.say(`  ${command(viewOf(sweep, options), 'resume')}`);
  });
}

/** `sparring sweep resume` and `retry`, `--nats`: has the cluster go on, and follows. */
export async function goOnInCluster(
  id: string,
  verb: 'resume' | 'retry',
  options: ClusterOptions & ControlOptions,
): Promise<void> {
  refuseSlots(options);
  const screen = openScreen(options);
  await withClient(options, async (client) => {
    const found: FollowedSweep = await client.find(id);
    await checkRoomToFetch(options.out, found.record);
    await client.change(found.record.id, verb);
    const sweep = await client.find(found.record.id);
    const { bold } = screen.colors;
    const view = viewOf(sweep, options);
    screen.say(`${bold(found.record.id)}: ${count(view.count('done'))} of ${plural(view.states.size, 'run')} done`);
    await followSweep(client, sweep, { ...options, screen });
  });
}

async function withClient(options: ClusterOptions, work: (client: SweepClient) => Promise<void>): Promise<void> {
  const client = await SweepClient.connect(options);
  try {
    await work(client);
  } finally {
    await client.close();
  }
}

/** 'ended', 'running in 2 processes', 'waiting for a trainer', 'paused' or 'cancelled' */
function standingOf({ wish, running }: Pick<ListedSweep, 'wish' | 'running'>, left: number): string {
  if (left === 0) return 'ended';
  if (wish !== 'run') return { pause: 'paused', cancel: 'cancelled' }[wish];
  return running > 0 ? `${plural(running, 'run')} under way` : 'waiting for a trainer';
}
