import { rmdir } from 'node:fs/promises';
import type { EngineName } from '@sparring/engine';
import { claimRun, exitCodes, makeFolder } from '@sparring/runtime';
import {
  codeHash,
  readWish,
  type SweepRecord,
  sweepFolder,
  tableText,
  tabulate,
  writeRecord,
  writeWish,
} from '@sparring/sweep';
import { slotsFor } from '../host/index.js';
import type { PageOptions } from '../page/page-options.js';
import { Interrupted } from '../presentation/interrupted.js';
import type { Screen } from '../presentation/screen.js';
import { listenForInterruption } from '../train/interruption.js';
import { Book } from './book.js';
import { Curves } from './curves.js';
import { handsOf } from './hands.js';
import type { SharedData } from './shared-data.js';
import { SlotBoard } from './slot-board.js';
import { sweepJson } from './sweep-json.js';
import { type Stopped, SweepRunner } from './sweep-runner.js';
import { SweepScreen } from './sweep-screen.js';
import { failureWords, introduction, resumeWords } from './sweep-words.js';
import { watchSweep } from './watch-sweep.js';

export interface SweepRequest {
  readonly out: string;
  readonly record: SweepRecord;
  readonly slots: number | undefined;
  readonly data: SharedData;
  readonly screen: Screen;
  /** Where it is to be watched. */
  readonly options: PageOptions;
}

/** Computes what is left of a sweep, in this process, and closes with its table. @throws Interrupted */
export async function runSweep({ out, record, data, screen, options, ...asked }: SweepRequest): Promise<void> {
  await refuseOtherBits(record, data);
  const folder = sweepFolder(out, record.id);
  await makeFolder(folder);
  const lock = await claimRun(folder, 'the sweep');
  try {
    const book = await Book.open(out, record);
    const slots = slotsFor(record.engine as EngineName, asked.slots);
    for (const line of await introduction(book, slots, data, screen.colors)) screen.say(line);
    await writeRecord(out, record);
    await writeWish(out, record.id, 'run');
    const board = new SlotBoard(slots, () => book.count('waiting', 'claimed'));
    const watched = await watchSweep(book, handsOf(book, board), screen, options);
    try {
      const stopped = await compute(book, board, data, screen);
      if (typeof stopped === 'object' && stopped !== null) throw stopped.fault;
      conclude(screen, book);
      watched.conclude();
    } catch (error) {
      watched.fail(error);
      throw error;
    } finally {
      await watched.close();
    }
  } finally {
    await lock.release();
    // Empty only where the sweep was refused before it was written down.
    await rmdir(folder).catch(() => {});
  }
}

/** @throws where the runs of today would not be those that the sweep was made of */
async function refuseOtherBits({ id, code, configurations }: SweepRecord, data: SharedData): Promise<void> {
  const anew = 'Give its command again: what it asks for is a new sweep now';
  if ((await codeHash()) !== code) {
    throw new Error(`${id} was begun by another build of sparring, whose bits may differ. ${anew}`);
  }
  for (const { label, config, dataChecksum } of configurations) {
    if ((await data.load(config.data)).checksum === dataChecksum) continue;
    throw new Error(`${id}: the data of ${label} have changed since it was begun. ${anew}`);
  }
}

async function compute(book: Book, board: SlotBoard, data: SharedData, screen: Screen): Promise<Stopped | null> {
  const { record, out, states } = book;
  const curves = record.prune ? await Curves.read(out, record, states.values()) : null;
  const shown = new SweepScreen(screen, book, board);
  const runner = new SweepRunner({ book, slots: board.slots.length, data, curves, listener: shown });
  const interruption = listenForInterruption();
  const stop = (why: string) => {
    shown.note(`${why}: stopping after the current steps, to write checkpoints.`);
    runner.stop('interrupted');
  };
  interruption.signal.addEventListener('abort', () => stop('Interrupted'));
  const watch = watchWish(out, record.id, (wish) => stop(`Asked to ${wish}`));
  try {
    const stopped = await runner.run();
    const words = resumeWords(book);
    if (stopped !== 'interrupted') return stopped;
    throw interruption.signal.aborted ? interruption.error(words) : new Interrupted(words, exitCodes.interrupted);
  } finally {
    clearInterval(watch);
    interruption.release();
    shown.end();
  }
}

/** Somebody may want it paused or cancelled from another terminal. */
function watchWish(out: string, id: string, onWish: (wish: 'pause' | 'cancel') => void): NodeJS.Timeout {
  let told = false;
  return setInterval(async () => {
    const wish = await readWish(out, id);
    if (wish === 'run' || told) return;
    told = true;
    onWish(wish);
  }, 500);
}

function conclude(screen: Screen, book: Book): void {
  const { record, states } = book;
  screen.say();
  for (const line of tableText(tabulate(record, states.values()))) screen.say(line);
  for (const line of failureWords(book)) screen.say(screen.colors.red(line));
  if (book.count('failed') > 0) process.exitCode = exitCodes.failure;
  if (screen.isJson) screen.result(sweepJson(book));
}
