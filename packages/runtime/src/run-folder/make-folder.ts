import { existsSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it where they are missing. By hand: Node 20's recursive mkdir never returns where a file system
 * answers ENOENT though the parent is there, as /proc does. `mode` is of those that are made.
 */
export async function makeFolder(path: string, mode = 0o777): Promise<void> {
  if (!existsSync(dirname(path))) await makeFolder(dirname(path), mode);
  try {
    await mkdir(path, mode);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST' || !statSync(path).isDirectory()) throw error;
  }
}
