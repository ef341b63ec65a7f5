import type { StoreRoom } from './store-room.js';

/** A value that outlasts processes, and the revision by which it can be replaced only while nobody else has. */
export interface Entry {
  readonly key: string;
  readonly value: string;
  readonly revision: number;
}

/**
 * What must last beyond a coordinator: small values under keys, and objects. Keys are words of letters, digits, `-`, `_`, `/`, `=`
 * with dots between. While the store cannot be reached, or is full, calls wait and try again.
 */
export interface DurableStore {
  get(key: string): Promise<Entry | null>;
  /** Every entry whose key begins with these words, in the order in which they were last written. */
  list(words: string): Promise<Entry[]>;
  /** Only where there is none. Returns its revision, or null where there is one. */
  create(key: string, value: string): Promise<number | null>;
  /** Only where it still is at this revision. Returns the new revision, or null where it is not. */
  update(key: string, value: string, revision: number): Promise<number | null>;
  /** In any case. */
  put(key: string, value: string): Promise<number>;
  delete(key: string): Promise<void>;
  putObject(name: string, bytes: Uint8Array): Promise<void>;
  /** Returns false where the store is full: then nothing of it is kept. */
  putObjectIfRoom(name: string, bytes: Uint8Array): Promise<boolean>;
  /** null where the store states no bound. */
  room(): Promise<StoreRoom | null>;
  /** null where there is none. @throws when its checksum is wrong */
  getObject(name: string): Promise<Uint8Array | null>;
  /** Needs no room, as little as the store may have. */
  deleteObject(name: string): Promise<void>;
  /** Names that begin so. */
  listObjects(prefix: string): Promise<string[]>;
}
