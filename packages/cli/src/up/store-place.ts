import { existsSync } from 'node:fs';
import { readdir, rename, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { brokerAccount } from '@sparring/runtime';

/** Of what the disk has for the store; the rest is for runs that are fetched, logs, and others. */
const part = 3 / 4;

/** Bytes that a store may take on the disk of a folder, what it holds already included. */
export async function mostStoredIn(root: string, storeFolder?: string): Promise<number> {
  const { bavail, bsize } = await statfs(root);
  return Math.floor(part * (bavail * bsize + (storeFolder ? await bytesIn(storeFolder) : 0)));
}

/** Before its users had an account, a broker kept what they stored under the name of none: it is theirs. */
export async function adoptStore(storeFolder: string): Promise<void> {
  const [before, now] = ['$G', brokerAccount].map((account) => join(storeFolder, 'jetstream', account)) as [
    string,
    string,
  ];
  if (existsSync(before) && !existsSync(now)) await rename(before, now);
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  let bytes = 0;
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += await bytesIn(path);
    else bytes += (await stat(path).catch(() => null))?.size ?? 0;
  }
  return bytes;
}
