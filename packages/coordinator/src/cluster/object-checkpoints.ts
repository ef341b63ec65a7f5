import {
  type Checkpoint,
  type CheckpointKind,
  type DurableStore,
  decodeCheckpoint,
  encodeCheckpoint,
} from '@sparring/runtime';
import type { CheckpointStore } from '../training/checkpoints.js';
import type { Term } from './election.js';
import type { Phase } from './records.js';
import { type Written, writeInTerm } from './write-in-term.js';

/** Which object is a run's checkpoint of a kind. */
interface Pointer extends Written {
  readonly object: string;
  readonly step: number;
}

/**
 * A run's checkpoints in the object store. An object is written under a name of its own, and becomes the checkpoint when the pointer to
 * it is replaced at the revision that this coordinator saw: one that was superseded cannot.
 */
export class ObjectCheckpoints implements CheckpointStore {
  readonly #store: DurableStore;
  readonly #term: Term;
  readonly #place: string;
  readonly #pointers = new Map<CheckpointKind, { pointer: Pointer; revision: number }>();

  private constructor(store: DurableStore, term: Term, run: string, phase: Phase) {
    this.#store = store;
    this.#term = term;
    this.#place = `${run}.${phase}`;
  }

  /** Takes the checkpoints over: a coordinator of an earlier term can replace them no longer. @throws Deposed */
  static async open(store: DurableStore, term: Term, run: string, phase: Phase): Promise<ObjectCheckpoints> {
    const checkpoints = new ObjectCheckpoints(store, term, run, phase);
    for (const { key, value, revision } of await store.list(`checkpoint.${run}.${phase}`)) {
      const kind = key.split('.').at(-1) as CheckpointKind;
      await checkpoints.#point(kind, { ...(JSON.parse(value) as Pointer), term: term.number }, revision);
    }
    await checkpoints.#sweep();
    return checkpoints;
  }

  /** The checkpoints that there are, as files hold them: for whoever only reads. */
  static async read(store: DurableStore, run: string, phase: Phase): Promise<Map<CheckpointKind, Uint8Array>> {
    const files = new Map<CheckpointKind, Uint8Array>();
    for (const { key, value } of await store.list(`checkpoint.${run}.${phase}`)) {
      const bytes = await readCurrent(store, key, value);
      if (bytes !== null) files.set(key.split('.').at(-1) as CheckpointKind, bytes);
    }
    return files;
  }

  /** The first of these kinds that there is, as a file holds it; null for none. */
  static async readFirst(
    store: DurableStore,
    run: string,
    phase: Phase,
    kinds: readonly CheckpointKind[],
  ): Promise<Uint8Array | null> {
    for (const kind of kinds) {
      const key = `checkpoint.${run}.${phase}.${kind}`;
      const pointer = await store.get(key);
      const bytes = pointer && (await readCurrent(store, key, pointer.value));
      if (bytes) return bytes;
    }
    return null;
  }

  has(kind: CheckpointKind): boolean {
    return this.#pointers.has(kind);
  }

  /** @throws Deposed */
  async save(kind: CheckpointKind, checkpoint: Checkpoint): Promise<void> {
    // Before the first await: the tensors may change after it.
    const bytes = encodeCheckpoint(checkpoint);
    this.#term.lost.throwIfAborted();
    const { number } = this.#term;
    const object = `${this.#place}/${kind}/${checkpoint.step}/${number}`;
    const before = this.#pointers.get(kind);
    await this.#store.putObject(object, bytes);
    await this.#point(kind, { object, step: checkpoint.step, term: number }, before?.revision);
    if (before && before.pointer.object !== object) await this.#store.deleteObject(before.pointer.object);
  }

  async load(kind: CheckpointKind): Promise<Checkpoint> {
    const { object } = this.#pointers.get(kind)!.pointer;
    const bytes = await this.#store.getObject(object);
    if (bytes === null) throw new Error(`checkpoint ${object}: the object store has lost it`);
    return decodeCheckpoint(bytes, object);
  }

  /** Deletes what coordinators have left that ended before they pointed to it. */
  async #sweep(): Promise<void> {
    const current = new Set([...this.#pointers.values()].map(({ pointer }) => pointer.object));
    for (const object of await this.#store.listObjects(`${this.#place}/`)) {
      const term = Number(object.split('/').at(-1));
      if (!current.has(object) && term <= this.#term.number) await this.#store.deleteObject(object);
    }
  }

  async #point(kind: CheckpointKind, pointer: Pointer, revision: number | undefined): Promise<void> {
    const written = await writeInTerm(this.#store, this.#term, `checkpoint.${this.#place}.${kind}`, pointer, revision);
    this.#pointers.set(kind, { pointer, revision: written });
  }
}

/** What a pointer points to; it may be replaced while it is read. null where it points to nothing. */
async function readCurrent(store: DurableStore, key: string, pointer: string): Promise<Uint8Array | null> {
  const bytes = await store.getObject((JSON.parse(pointer) as Pointer).object);
  if (bytes !== null) return bytes;
  const now = (await store.get(key))?.value ?? pointer;
  return now === pointer ? null : readCurrent(store, key, now);
}
