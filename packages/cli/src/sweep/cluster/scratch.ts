import { rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asRunFolderError } from '@sparring/runtime';
import { inBytes, type RunBytes } from '@sparring/sweep';
import { ScratchFolder } from './scratch-folder.js';

/** Where the runs that this process computes lie meanwhile, and how much of that disk they may come to take. */
export class Scratch {
  #folder: Promise<ScratchFolder> | undefined;
  #serial = 0;
  /** By those who have a place, at most: what they have written already counts twice, so that nobody runs short. */
  #promised = 0;

  /** Why there is no place for a run; null where there is. */
  async fault(run: RunBytes): Promise<string | null> {
    try {
      const { bavail, bsize } = await statfs((await this.#made()).path);
      const [needed, free] = [bytesOf(run) + this.#promised, bavail * bsize];
      if (needed <= free) return null;
      const beside = this.#promised > 0 ? ', those that are under way here included,' : '';
      return `the disk of ${tmpdir()} is too small: runs${beside} may take ${inBytes(needed)} there, ${inBytes(free)} are free (TMPDIR names another place)`;
    } catch (error) {
      // Somebody may have tidied it away: then it is made anew.
      this.#folder = undefined;
      return `there is no place for runs: ${asRunFolderError(error, `write into ${tmpdir()}`).message}`;
    }
  }

  /** A folder for a run, and what gives it back. */
  async place(run: RunBytes): Promise<{ readonly path: string; readonly leave: () => Promise<void> }> {
    const path = join((await this.#made()).path, String(this.#serial++));
    this.#promised += bytesOf(run);
    const leave = async () => {
      this.#promised -= bytesOf(run);
      await rm(path, { recursive: true, force: true });
    };
    return { path, leave };
  }

  async remove(): Promise<void> {
    await (await this.#folder?.catch(() => undefined))?.remove();
  }

  #made(): Promise<ScratchFolder> {
    this.#folder ??= ScratchFolder.make();
    return this.#folder;
  }
}

/** With one checkpoint more while it is written. */
function bytesOf({ checkpoint, checkpoints, files }: RunBytes): number {
  return checkpoint + checkpoints + files;
}
