import { join, resolve } from 'node:path';
import { listRuns } from '@sparring/runtime';
import type { RunSource, ShownRun } from '../live/shown-run.js';
import type { RunRow } from '../view/run-view.js';
import { FolderRun } from './folder-run.js';

/** Runs kept open, so that a list need not read all of them anew. */
const mostOpen = 500;

/** The runs that lie in a folder. Nothing else of the disk can be asked for. */
export class RunsFolder implements RunSource {
  readonly #root: string;
  readonly #open = new Map<string, FolderRun>();

  constructor(root: string) {
    this.#root = resolve(root);
  }

  async list(): Promise<readonly RunRow[]> {
    const rows: RunRow[] = [];
    for (const id of listRuns(this.#root)) {
      // One that cannot be read does not hide the others.
      const run = await this.#openRun(id).catch(() => null);
      if (run) rows.push(await run.row());
    }
    return rows.sort((a, b) => (b.startedAtMs ?? 0) - (a.startedAtMs ?? 0));
  }

  async find(id: string): Promise<ShownRun | null> {
    return listRuns(this.#root).includes(id) ? this.#openRun(id) : null;
  }

  async #openRun(id: string): Promise<FolderRun> {
    const known = this.#open.get(id);
    if (known) {
      await known.refresh();
      return known;
    }
    const run = await FolderRun.open(join(this.#root, id));
    for (const oldest of this.#open.keys()) if (this.#open.size >= mostOpen) this.#open.delete(oldest);
    this.#open.set(id, run);
    return run;
  }
}
