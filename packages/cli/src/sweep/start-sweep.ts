import { readRecord, readWish } from '@sparring/sweep';
import { UsageError } from '../commands/usage-error.js';
import { openScreen } from '../presentation/screen.js';
import { whereOf } from './book.js';
import { planSweep } from './plan-sweep.js';
import { runSweep } from './run-sweep.js';
import { SharedData } from './shared-data.js';
import type { SweepOptions } from './sweep-options.js';
import { cancelledWords } from './sweep-words.js';

/** `sparring sweep`: begins what is asked for, or goes on with it where it was begun before. */
export async function startSweep(source: string, options: SweepOptions): Promise<void> {
  const screen = openScreen(options);
  const { out, slots } = options;
  const data = new SharedData();
  const asked = await planSweep(source, options, data);
  const before = await readRecord(out, asked.id);
  if (before && (await readWish(out, asked.id)) === 'cancel') {
    throw new UsageError(cancelledWords({ record: before, where: whereOf(out) }));
  }
  // What may change without another run coming of it is taken from the newest command.
  const record = before ? { ...asked, createdAt: before.createdAt } : asked;
  await runSweep({ out, record, slots, data, screen, options });
}
