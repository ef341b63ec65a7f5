import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimRun, livingHolder } from '@sparring/runtime';

const prefix = 'sparring-sweeps-';

/** A folder for what this process computes, which is gone with it; what killed processes left is removed. */
export class ScratchFolder {
  readonly path: string;

  static async make(): Promise<ScratchFolder> {
    await removeLeft();
    const path = await mkdtemp(join(tmpdir(), prefix));
    await claimRun(path, 'the folder');
    return new ScratchFolder(path);
  }

  private constructor(path: string) {
    this.path = path;
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}

async function removeLeft(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const path = join(tmpdir(), name);
    // One without a lock is just being made.
    if (!name.startsWith(prefix) || !existsSync(join(path, 'lock')) || (await livingHolder(path))) continue;
    // Of another user, it cannot be removed, nor need it be.
    await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}
