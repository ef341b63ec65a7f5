import type { DurableStore } from '@sparring/runtime';
import type { Term } from './election.js';

/** What a coordinator keeps: it says in which term it was written. */
export interface Written {
  readonly term: number;
}

/**
 * Writes under a key where it still is at the revision that this coordinator saw last, or absent for none. What one of an earlier term
 * wrote meanwhile, late, is written over; where one of a later term did, this one is deposed. Returns the new revision.
 * @throws Deposed
 */
export async function writeInTerm(
  store: DurableStore,
  term: Term,
  key: string,
  value: Written,
  seen: number | undefined,
): Promise<number> {
  const text = JSON.stringify(value);
  for (let revision = seen; ; ) {
    term.lost.throwIfAborted();
    const written = revision === undefined ? await store.create(key, text) : await store.update(key, text, revision);
    if (written !== null) return written;
    const found = await store.get(key);
    const { term: by = 0 } = found ? (JSON.parse(found.value) as Partial<Written>) : {};
    if (by > term.number) throw term.depose(`${key} was written in term ${by}`);
    revision = found?.revision;
  }
}
