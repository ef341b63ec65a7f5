import type { SweepRun } from '../expansion/expand.js';
import type { RunEntry } from './run-entry.js';
import { type Kept, keys, type SweepStore } from './sweep-store.js';

/** Nobody holds a run that is settled; one that is done needs no checkpoints either. */
export async function tidy(
  store: SweepStore,
  { identity }: SweepRun,
  { value, revision }: Kept<RunEntry>,
  isDone: boolean,
): Promise<void> {
  const objects = isDone ? Object.values(value.files) : [];
  if (value.claim === null && objects.length === 0) return;
  // First of all: as long as the entry says that somebody holds the run, it is known that something may be left.
  await Promise.all(objects.map((object) => store.durable.deleteObject(object)));
  // Where another has written meanwhile, it tidies up itself: it finds the result.
  await store.writeRun(identity, { ...value, claim: null, files: isDone ? {} : value.files }, revision);
}

/** Deletes files of a run that its entry does not name: whoever held it ended between storing and naming them, or before he had deleted the old. */
export async function dropUnnamed(store: SweepStore, identity: string, files: RunEntry['files']): Promise<void> {
  const named = new Set(Object.values(files));
  for (const object of await store.durable.listObjects(keys.files(identity)))
    if (!named.has(object)) await store.durable.deleteObject(object);
}
