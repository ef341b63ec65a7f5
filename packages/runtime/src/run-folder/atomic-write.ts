import { randomBytes } from 'node:crypto';
import { open, readdir, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { asRunFolderError } from './run-folder-error.js';

const temporary = /^\..+\.[0-9a-f]{12}\.tmp$/;

/**
 * Replaces a file so that whoever reads it, also after a power cut, finds the old content or the new, whole. When the promise
 * resolves the new content is on the disk; when it rejects, with RunFolderError, the old is untouched and nothing is left behind.
 */
export async function writeAtomically(file: string, content: Uint8Array | string): Promise<void> {
  const folder = dirname(file);
  const scratch = join(folder, `.${basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const handle = await open(scratch, 'wx');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(scratch, file);
    await syncFolder(folder);
  } catch (error) {
    await unlink(scratch).catch(() => {});
    throw asRunFolderError(error, `write ${file}`);
  }
}

/** Removes what a process killed while writing left in `folder`. Only for who has claimed the run. */
export async function removeLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  await Promise.all(names.filter((name) => temporary.test(name)).map((name) => unlink(join(folder, name))));
}

// A rename is durable once the folder is. Windows cannot open folders and needs no such thing.
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
