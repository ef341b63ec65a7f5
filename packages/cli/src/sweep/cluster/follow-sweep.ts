import { exitCodes } from '@sparring/runtime';
import { type FollowedSweep, tableText, tabulate, writeRecord } from '@sparring/sweep';
import { NoCoordinator } from '../../cluster/client.js';
import type { ConnectionOptions } from '../../cluster/connection.js';
import type { PageOptions } from '../../page/page-options.js';
import { plural } from '../../presentation/figures.js';
import { Interrupted } from '../../presentation/interrupted.js';
import { shortPath } from '../../presentation/invocation.js';
import type { Screen } from '../../presentation/screen.js';
import { listenForInterruption } from '../../train/interruption.js';
import type { Hands } from '../hands.js';
import { sweepJson } from '../sweep-json.js';
import type { SweepView } from '../sweep-view.js';
import { command, failureWords } from '../sweep-words.js';
import { watchSweep } from '../watch-sweep.js';
import { ClusterHands } from './cluster-hands.js';
import { viewOf } from './cluster-view.js';
import { FollowScreen } from './follow-screen.js';
import { ResultFetcher } from './result-fetcher.js';
import type { SweepClient } from './sweep-client.js';

export interface FollowSweepOptions extends ConnectionOptions, PageOptions {
  readonly out: string;
  readonly screen: Screen;
}

const lookEveryMs = 1_000;

/**
 * Shows a cluster's sweep until it is done, fetches what its runs came to, and closes with its table. Ctrl-C detaches: the sweep goes on.
 * @throws Interrupted, also where somebody has it paused or cancelled
 */
export async function followSweep(
  client: SweepClient,
  sweep: FollowedSweep,
  options: FollowSweepOptions,
): Promise<void> {
  const { screen, out } = options;
  const view = viewOf(sweep, options);
  const hands = new ClusterHands(view, sweep);
  // So that `dashboard` and `report` find it beside its runs.
  await writeRecord(out, view.record);
  const watched = await watchSweep({ ...view, out }, hands, screen, options);
  try {
    await untilFetched(client, sweep, view, hands, options);
    screen.say();
    for (const line of tableText(tabulate(view.record, view.states.values()))) screen.say(line);
    for (const line of failureWords(view)) screen.say(screen.colors.red(line));
    if (view.count('done') > 0) screen.say(`What the runs came to is in ${shortPath(out)}, without their checkpoints.`);
    watched.conclude();
  } catch (error) {
    watched.fail(error);
    throw error;
  } finally {
    await watched.close();
  }
  if (view.count('failed') > 0) process.exitCode = exitCodes.failure;
  if (screen.isJson) screen.result(sweepJson(view));
}

async function untilFetched(
  client: SweepClient,
  sweep: FollowedSweep,
  view: SweepView,
  hands: Hands,
  { screen, out }: FollowSweepOptions,
): Promise<void> {
  const shown = new FollowScreen(screen, view, sweep, hands);
  const fetcher = new ResultFetcher(client, out);
  const interruption = listenForInterruption();
  const detached = () =>
    [
      `Detached: ${sweep.record.id} goes on in the cluster. To follow it again, pause or cancel it:`,
      ...['resume', 'pause', 'cancel'].map((verb) => `  ${command(view, verb)}`),
    ].join('\n');
  try {
    await interruption.unless(untilSettled(client, sweep, view, shown, fetcher), detached);
    await interruption.unless(fetcher.done(), detached);
  } finally {
    fetcher.stop();
    shown.end();
    interruption.release();
  }
}

async function untilSettled(
  client: SweepClient,
  sweep: FollowedSweep,
  view: SweepView,
  shown: FollowScreen,
  fetcher: ResultFetcher,
): Promise<void> {
  for (const { run, status } of view.states.values()) if (status === 'done') fetcher.add(run);
  for (let wasAway = false; ; ) {
    try {
      const told = await client.show(sweep.record.id, sweep.revision);
      if (told === null) throw new Error(`${sweep.record.id} was removed from the cluster`);
      for (const { before, state } of sweep.update(told)) {
        shown.changed(before, state);
        if (state.status === 'done') fetcher.add(state.run);
      }
      shown.hindered(sweep.hindrances);
      if (wasAway) shown.note('The coordinator is back.');
      wasAway = false;
      if (view.count('waiting', 'claimed') === 0) return;
      if (sweep.wish !== 'run') throw stoppedWords(view, sweep.wish);
    } catch (error) {
      if (!(error instanceof NoCoordinator)) throw error;
      if (!wasAway) shown.note('No coordinator answers; meanwhile the trainers go on by themselves.');
      wasAway = true;
    }
    shown.draw();
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

function stoppedWords(view: SweepView, wish: 'pause' | 'cancel'): Interrupted {
  const done = `${view.count('done')} of ${plural(view.states.size, 'run')} done`;
  const failed = view.record.failFast && view.count('failed') > 0;
  const words = failed
    ? [`Stopped, since a run has failed, with ${done}.`, ...failureWords(view)]
    : [
        `${view.record.id} was ${{ pause: 'paused', cancel: 'cancelled' }[wish]} with ${done}. To go on:`,
        `  ${command(view, 'resume')}`,
      ];
  return new Interrupted(words.join('\n'), failed ? exitCodes.failure : exitCodes.interrupted);
}
