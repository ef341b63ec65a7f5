import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { listRuns } from '@sparring/runtime';
import type { RunSource, ShownRun } from '../live/shown-run.js';
import { picturesMade } from '../pictures/in-turn.js';
import { mostListed, type RunRow, type UnreadableRow } from '../view/run-view.js';
import { faultOf } from './fault-of.js';
import { FolderRun } from './folder-run.js';
import { startOf } from './start-of.js';

/** Runs kept open, so that a list need not read all of them anew, and some besides that are looked at. */
const mostOpen = mostListed + 50;

export interface RunsFolderOptions {
  /** How the program was called, for what is to be typed. */
  readonly invocation: string;
  /** Of runs that are found, and not listed: those that a sweep lists. */
  readonly isPassedOver?: (id: string) => boolean;
}

/** The runs that lie in a folder. Nothing else of the disk can be asked for. */
export class RunsFolder implements RunSource {
  readonly #root: string;
  readonly #invocation: string;
  readonly #isPassedOver: (id: string) => boolean;
  readonly #open = new Map<string, FolderRun>();

  constructor(root: string, { invocation, isPassedOver = () => false }: RunsFolderOptions) {
    this.#root = resolve(root);
    this.#invocation = invocation;
    this.#isPassedOver = isPassedOver;
  }

  async list(): Promise<readonly (RunRow | UnreadableRow)[]> {
    const rows: (RunRow | UnreadableRow)[] = [];
    for (const id of await this.#newest()) rows.push(await this.#row(id));
    return rows;
  }

  /** @throws RunFolderError or ConfigError where it cannot be read */
  async find(id: string): Promise<ShownRun | null> {
    const isName = id !== '' && id === basename(id) && !id.startsWith('.');
    return isName && existsSync(join(this.#root, id, 'config.yaml')) ? this.#openRun(id) : null;
  }

  /** Waits for pictures that are being made. */
  close(): Promise<void> {
    return picturesMade();
  }

  async #newest(): Promise<string[]> {
    const ids = listRuns(this.#root, (id) => !this.#isPassedOver(id));
    const starts = await Promise.all(ids.map(async (id) => ({ id, at: (await startOf(join(this.#root, id))) ?? 0 })));
    return starts
      .sort((a, b) => b.at - a.at)
      .slice(0, mostListed)
      .map(({ id }) => id);
  }

  async #row(id: string): Promise<RunRow | UnreadableRow> {
    try {
      return await (await this.#openRun(id)).row();
    } catch (error) {
      return { id, fault: faultOf(error, this.#root) };
    }
  }

  async #openRun(id: string): Promise<FolderRun> {
    const known = this.#open.get(id);
    if (known) {
      // What cannot be read is not kept: it would be looked at again only after a while, and shown meanwhile as it was before.
      await known.refresh().catch((error) => {
        this.#open.delete(id);
        throw error;
      });
      return known;
    }
    const run = await FolderRun.open(join(this.#root, id), this.#invocation);
    for (const oldest of this.#open.keys()) if (this.#open.size >= mostOpen) this.#open.delete(oldest);
    this.#open.set(id, run);
    return run;
  }
}
