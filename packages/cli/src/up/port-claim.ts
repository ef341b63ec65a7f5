import { lstat, mkdir, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimRun, RunInUse, type RunLock } from '@sparring/runtime';

/**
 * Has a port of this machine for one `up` alone, before its broker listens there: two that start at once would both find it free. null
 * where another has it.
 */
export async function claimPort(port: number): Promise<RunLock | null> {
  const folder = join(tmpdir(), `sparring-broker-${port}`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (!(await isOwn(folder))) return noClaim;
    const lock = await claimRun(folder, `port ${port}`);
    const release = async () => {
      await lock.release();
      await rmdir(folder).catch(() => {}); // another may have it by now
    };
    return { release };
  } catch (error) {
    // Where there is no place for a claim, or it is another user's, whether the port is free must do.
    return error instanceof RunInUse ? null : noClaim;
  }
}

export const noClaim: RunLock = { release: async () => {} };

/** Anyone may have made a folder of this name first, and may do there what he likes. */
async function isOwn(folder: string): Promise<boolean> {
  const found = await lstat(folder);
  return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
}
