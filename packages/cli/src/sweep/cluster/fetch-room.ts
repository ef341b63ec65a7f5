import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { RunFolderError } from '@sparring/runtime';
import { bytesOf, expand, inBytes, type SweepRecord } from '@sparring/sweep';

/** @throws RunFolderError where the disk has no room for what the runs of a sweep come to, but for those that were fetched already */
export async function checkRoomToFetch(out: string, record: SweepRecord): Promise<void> {
  const runs = expand(record).filter(({ folder }) => !existsSync(join(out, folder, 'summary.json')));
  const needed = runs.reduce((sum, run) => sum + bytesOf(record.configurations[run.configuration]!).files, 0);
  const { bavail, bsize } = await statfs(presentPart(resolve(out)));
  const free = bavail * bsize;
  if (needed <= free) return;
  throw new RunFolderError(
    `${out}: the disk is too small: what ${runs.length} runs come to may take ${inBytes(needed)}, ${inBytes(free)} are free; sweep over fewer seeds, or fetch elsewhere with --out`,
  );
}

/** It, or the folder that it will be made in. */
function presentPart(path: string): string {
  return existsSync(path) || path === dirname(path) ? path : presentPart(dirname(path));
}
