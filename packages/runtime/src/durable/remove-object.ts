import { DeliverPolicy } from '@nats-io/jetstream';
import type { ObjectStore } from '@nats-io/obj';
import { type Bucket, take } from './list-entries.js';
import { isStoreFull } from './store-room.js';

/** Deleted at a time. */
const atOnce = 32;

/**
 * Deletes an object, its chunks one by one: nats-server before 2.9.15 goes on counting what is purged by subject, as the library does,
 * towards the store's bounds (github.com/nats-io/nats-server/pull/3876), until it is started again. Then the object is marked as deleted, which
 * outlasts a broker that is killed, as single deletions may not; and then the mark goes too, which may come back without harm.
 */
export async function removeObject(
  { client, manager, stream, objects }: Omit<Bucket, 'prefix'> & { readonly objects: ObjectStore },
  name: string,
  over: AbortSignal,
): Promise<void> {
  const info = await objects.info(name);
  if (info === null) return;
  const consumer = await client.consumers.getPushConsumer(stream, {
    deliver_policy: DeliverPolicy.All,
    filter_subjects: `$O.${stream.replace(/^OBJ_/, '')}.C.${info.nuid}`,
    headers_only: true,
  });
  const sequences: number[] = [];
  const { num_pending: count } = await consumer.info(true);
  for await (const { seq } of take(count, consumer, over)) sequences.push(seq);
  for (let from = 0; from < sequences.length; from += atOnce)
    await Promise.all(sequences.slice(from, from + atOnce).map((seq) => remove(seq)));
  try {
    await objects.delete(name);
  } catch (error) {
    // There is not even room for a mark.
    if (isStoreFull(error)) return remove(info.revision);
    throw error;
  }
  const mark = await objects.info(name);
  if (mark?.deleted) await remove(mark.revision);

  async function remove(sequence: number): Promise<void> {
    try {
      await manager.streams.deleteMessage(stream, sequence, false);
    } catch (error) {
      // Another may be at it too.
      if (!/not found/.test((error as Error).message)) throw error;
    }
  }
}
