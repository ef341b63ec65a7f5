import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '@sparring/runtime';
import { sweepFolder } from './sweep-record.js';

/** What somebody wants of a sweep, whether a process is at it or not. */
export type Wish = 'run' | 'pause' | 'cancel';

export async function readWish(out: string, id: string): Promise<Wish> {
  const text = await readFile(wishFile(out, id), 'utf8').catch(() => 'run');
  const wish = text.trim();
  return wish === 'pause' || wish === 'cancel' ? wish : 'run';
}

/** The process that computes the sweep sees it within a second. */
export async function writeWish(out: string, id: string, wish: Wish): Promise<void> {
  await writeAtomically(wishFile(out, id), `${wish}\n`);
}

function wishFile(out: string, id: string): string {
  return join(sweepFolder(out, id), 'wish');
}
