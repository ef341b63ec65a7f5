import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { asRunFolderError } from '@sparring/runtime';
import { type HeldRun, keys, roomForCheckpoints, type SweepStore } from '@sparring/sweep';
import { progressOf } from '../progress-of.js';

/** What a run's folder must hold for whoever goes on with it. */
const paths = ['', 'twin/', 'selection/'].flatMap((part) =>
  ['checkpoints/last.safetensors', 'checkpoints/best.safetensors', 'metrics.jsonl', 'summary.json'].map(
    (name) => part + name,
  ),
);

/**
 * Keeps what a run's folder holds in the cluster's store as well, as of a checkpoint: files that have changed get objects of new names, and
 * then the run's entry names them all at once. So the store has one checkpoint whole, or the one before.
 */
export class RunMirror {
  readonly #store: SweepStore;
  readonly #identity: string;
  readonly #held: HeldRun;
  readonly #folder: string;
  #kept = new Map<string, Stored>();

  constructor(store: SweepStore, identity: string, held: HeldRun, folder: string) {
    this.#store = store;
    this.#identity = identity;
    this.#held = held;
    this.#folder = folder;
  }

  /** Lays what the store has into the folder. @throws where the store has lost some of it */
  async fetch(): Promise<void> {
    // Of the paths that a run has, and no others: who wrote the entry is another.
    for (const path of paths.filter((path) => Object.hasOwn(this.#held.files, path))) {
      const object = this.#held.files[path]!;
      const bytes = await this.#store.durable.getObject(object);
      if (bytes === null) throw new Error(`checkpoint ${object}: the object store has lost it`);
      const file = join(this.#folder, path);
      try {
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, bytes);
      } catch (error) {
        throw asRunFolderError(error, `write ${file}`);
      }
      this.#kept.set(path, { object, mark: (await markOf(file))! });
    }
  }

  /** Stores what has changed. Where it is lost, another holds the run now; where it is full, the store has the checkpoint before still. */
  async push(): Promise<'stored' | 'lost' | 'full'> {
    const before = this.#kept;
    const stored = await this.#storeChanged(before);
    if (stored === 'full') return 'full';
    const kept = new Map([...before, ...stored]);
    const files = Object.fromEntries([...kept].map(([path, { object }]) => [path, object]));
    const counts = await this.#held.progress(await progressOf(this.#folder), files);
    const [valid, stale] = counts ? [kept, before] : [before, kept];
    const named = new Set([...valid.values()].map(({ object }) => object));
    for (const { object } of stale.values()) if (!named.has(object)) await this.#store.durable.deleteObject(object);
    this.#kept = valid;
    return counts ? 'stored' : 'lost';
  }

  /** Of files that have changed, their new objects; none where there is no room for all of them. */
  async #storeChanged(before: Kept): Promise<Kept | 'full'> {
    const { durable } = this.#store;
    const changed: { readonly path: string; readonly mark: string }[] = [];
    let needed = 0;
    for (const path of paths) {
      const file = join(this.#folder, path);
      const mark = await markOf(file);
      if (mark === null || mark === before.get(path)?.mark) continue;
      changed.push({ path, mark });
      needed += (await stat(file)).size;
    }
    const room = await durable.room();
    if (room !== null && needed > roomForCheckpoints(room)) return 'full';
    const stored = new Map<string, Stored>();
    for (const { path, mark } of changed) {
      const object = keys.newFile(this.#identity);
      if (await durable.putObjectIfRoom(object, await readFile(join(this.#folder, path)))) {
        stored.set(path, { object, mark });
        continue;
      }
      for (const { object } of stored.values()) await durable.deleteObject(object);
      return 'full';
    }
    return stored;
  }
}

/** Of a file as the store has it: its object, and by what it is seen that it has changed. */
interface Stored {
  readonly object: string;
  readonly mark: string;
}

/** By the file's path. */
type Kept = ReadonlyMap<string, Stored>;

/** null where there is no file. */
async function markOf(file: string): Promise<string | null> {
  const found = await stat(file).catch(() => null);
  return found && `${found.mtimeMs} ${found.size} ${found.ino}`;
}
