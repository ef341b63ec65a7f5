import { faultOf, type SweepRow, type SweepShow, type SweepSource, type UnreadableRow } from '@sparring/dashboard';
import { expand, listSweeps, readRecord } from '@sparring/sweep';
import { Book } from '../sweep/book.js';
import { shownFromFolder } from '../sweep/shown-from-folder.js';

/** The sweeps of a folder of runs. Each is read once, and from then on what is added to it. */
export class SweepsFolder implements SweepSource {
  readonly #out: string;
  readonly #open = new Map<string, Promise<SweepShow | null>>();
  /** Of the runs that belong to a sweep. */
  readonly #folders = new Set<string>();

  constructor(out: string) {
    this.#out = out;
  }

  async list(): Promise<readonly (SweepRow | UnreadableRow)[]> {
    const rows: SweepRow[] = [];
    const unreadable: UnreadableRow[] = [];
    for (const id of await listSweeps(this.#out)) {
      try {
        const show = await this.find(id);
        await show?.refresh();
        if (show) rows.push(show.row());
      } catch (error) {
        this.#open.delete(id);
        unreadable.push({ id, fault: faultOf(error, this.#out) });
      }
    }
    return [...rows.sort((a, b) => b.createdAtMs - a.createdAtMs), ...unreadable];
  }

  /** @throws RunFolderError or ConfigError where it cannot be read */
  async find(id: string): Promise<SweepShow | null> {
    if (!(await listSweeps(this.#out)).includes(id)) {
      this.#open.delete(id);
      return null;
    }
    const known = this.#open.get(id) ?? this.#read(id);
    this.#open.set(id, known);
    known.catch(() => this.#open.delete(id));
    return known;
  }

  /** Whether a run's folder is that of a sweep which has been listed. */
  has(folder: string): boolean {
    return this.#folders.has(folder);
  }

  async #read(id: string): Promise<SweepShow | null> {
    const record = await readRecord(this.#out, id);
    if (!record) return null;
    for (const { folder } of expand(record)) this.#folders.add(folder);
    return shownFromFolder(await Book.open(this.#out, record));
  }
}
