import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { livingHolder } from '@sparring/runtime';
import {
  expand,
  findSweep,
  listSweeps,
  readRecord,
  removeRecord,
  type SweepRecord,
  sweepFolder,
  writeWish,
} from '@sparring/sweep';
import { UsageError } from '../commands/usage-error.js';
import type { PageOptions } from '../page/page-options.js';
import { count, plural } from '../presentation/figures.js';
import { openScreen } from '../presentation/screen.js';
import { Book } from './book.js';
import { runSweep } from './run-sweep.js';
import { SharedData } from './shared-data.js';
import { command } from './sweep-words.js';

/** Options of what is done to a sweep that there is. */
export interface ControlOptions extends PageOptions {
  readonly out: string;
  readonly slots?: number;
  readonly json?: boolean;
}

/** `sparring sweep pause` and `cancel`: whoever computes it stops within a second or two, with checkpoints. */
export async function stopSweep(id: string, wish: 'pause' | 'cancel', { out }: { out: string }): Promise<void> {
  const screen = openScreen();
  const record = await findSweep(out, id);
  await writeWish(out, record.id, wish);
  const holder = await livingHolder(sweepFolder(out, record.id));
  const book = await Book.open(out, record);
  const done = { pause: 'paused', cancel: 'cancelled' }[wish];
  const who = holder ? `process ${holder.pid} stops now and writes checkpoints` : 'no process was at it';
  screen.say(`${record.id} is ${done}: ${who}. To go on:`);
  screen.say(`  ${command(book, 'resume')}`);
}

/** `sparring sweep resume`: goes on with a sweep, whatever ended it. */
export async function resumeSweep(id: string, { out, slots, ...options }: ControlOptions): Promise<void> {
  const record = await findSweep(out, id);
  await runSweep({ out, record, slots, data: new SharedData(), screen: openScreen(options), options });
}

/** `sparring sweep retry`: failed runs get new attempts, by whoever computes the sweep, else by this process. */
export async function retrySweep(id: string, options: ControlOptions): Promise<void> {
  const { out } = options;
  const record = await findSweep(out, id);
  const book = await Book.open(out, record);
  const failed = [...book.states.values()].filter(({ status }) => status === 'failed');
  const at = new Date().toISOString();
  await book.tell(
    ...failed.map(({ run }) => ({ kind: 'retried' as const, sweep: record.id, identity: run.identity, at })),
  );
  const holder = await livingHolder(sweepFolder(out, record.id));
  if (!holder) return resumeSweep(record.id, options);
  openScreen(options).say(
    `${plural(failed.length, 'failed run')} handed to process ${holder.pid}, which computes the sweep.`,
  );
}

/** `sparring sweep rm`: the sweep is forgotten and, unless they are to be kept, the folders of runs that no other sweep has. */
export async function removeSweep(id: string, { out, keepRuns }: { out: string; keepRuns?: boolean }): Promise<void> {
  const screen = openScreen();
  const record = await findSweep(out, id);
  const holder = await livingHolder(sweepFolder(out, record.id));
  if (holder) throw new UsageError(`${record.id} is being computed by process ${holder.pid}: cancel it first`);
  const folders = keepRuns ? [] : await ownFolders(out, record);
  let removed = 0;
  for (const folder of folders) {
    // Another sweep may have begun it since.
    if (await livingHolder(join(out, folder))) continue;
    await rm(join(out, folder), { recursive: true, force: true });
    removed++;
  }
  await removeRecord(out, record.id);
  screen.say(`${record.id} is forgotten${removed > 0 ? `, with the folders of ${count(removed)} of its runs` : ''}.`);
}

/** Folders of begun runs that belong to no other sweep of the output folder. */
async function ownFolders(out: string, record: SweepRecord): Promise<string[]> {
  const others = (await listSweeps(out)).filter((id) => id !== record.id);
  const shared = new Set<string>();
  for (const id of others) {
    const other = await readRecord(out, id);
    if (other) for (const { identity } of expand(other)) shared.add(identity);
  }
  const book = await Book.open(out, record);
  return [...book.states.values()]
    .filter(({ status, run }) => status !== 'waiting' && !shared.has(run.identity))
    .map(({ run }) => run.folder);
}
