import { existsSync } from 'node:fs';
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { shortPath } from '../presentation/invocation.js';
import { type Finding, missing, present } from './finding.js';
import { gigabytes } from './machine.js';

/** Room for a few checkpoints of the largest recipe's net. */
const enoughBytes = 1e9;

/** Whether runs can be written, and how much room there is. Leaves nothing behind. */
export async function examineDisk(root: string): Promise<Finding[]> {
  // Where there is no such folder yet, the one that it would be made in.
  let folder = resolve(root);
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  const name = shortPath(resolve(root));
  try {
    const probe = await mkdtemp(join(folder, '.sparring-'));
    try {
      await writeFile(join(probe, 'probe'), 'probe');
    } finally {
      await rm(probe, { recursive: true, force: true });
    }
    const { bavail, bsize } = await statfs(folder);
    const free = bavail * bsize;
    if (free < enoughBytes) {
      return [missing('disk', name, `only ${gigabytes(free)} free`, 'make room, or keep runs elsewhere with --out')];
    }
    return [present('disk', name, `can be written, ${gigabytes(free)} free`)];
  } catch (error) {
    const { message } = error as Error;
    return [missing('disk', name, `cannot be written: ${message}`, 'keep runs elsewhere with --out')];
  }
}
