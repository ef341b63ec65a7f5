import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type HeldRun, keys, type SweepStore } from '@sparring/sweep';
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
  /** Of each file as the store has it: its object, and by what it is seen that it has changed. */
  #kept = new Map<string, { readonly object: string; readonly mark: string }>();

  constructor(store: SweepStore, identity: string, held: HeldRun, folder: string) {
    this.#store = store;
    this.#identity = identity;
    this.#held = held;
    this.#folder = folder;
  }

  /** Lays what the store has into the folder. @throws where the store has lost some of it */
  async fetch(): Promise<void> {
    for (const [path, object] of Object.entries(this.#held.files)) {
      const bytes = await this.#store.durable.getObject(object);
      if (bytes === null) throw new Error(`checkpoint ${object}: the object store has lost it`);
      const file = join(this.#folder, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
      this.#kept.set(path, { object, mark: (await markOf(file))! });
    }
  }

  /** Stores what has changed. Returns false where another holds the run now: then nothing of it counts. */
  async push(): Promise<boolean> {
    const before = this.#kept;
    const kept = new Map(before);
    for (const path of paths) {
      const file = join(this.#folder, path);
      const mark = await markOf(file);
      if (mark === null || mark === before.get(path)?.mark) continue;
      const object = keys.newFile(this.#identity);
      await this.#store.durable.putObject(object, await readFile(file));
      kept.set(path, { object, mark });
    }
    const files = Object.fromEntries([...kept].map(([path, { object }]) => [path, object]));
    const counts = await this.#held.progress(await progressOf(this.#folder), files);
    const [valid, stale] = counts ? [kept, before] : [before, kept];
    const named = new Set([...valid.values()].map(({ object }) => object));
    for (const { object } of stale.values()) if (!named.has(object)) await this.#store.durable.deleteObject(object);
    this.#kept = valid;
    return counts;
  }
}

/** null where there is no file. */
async function markOf(file: string): Promise<string | null> {
  const found = await stat(file).catch(() => null);
  return found && `${found.mtimeMs} ${found.size} ${found.ino}`;
}
