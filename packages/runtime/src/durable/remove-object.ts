import { DeliverPolicy } from '@nats-io/jetstream';
import type { ObjectStore } from '@nats-io/obj';
import { type Bucket, take } from './list-entries.js';

/** Deleted at a time. */
const atOnce = 32;

/**
 * Deletes an object with no mark of it left, message by message. The library's own way publishes a mark first, which a full store refuses,
 * and then purges by subject: nats-server before 2.9.15 goes on counting what was purged so towards the store's bounds
 * (github.com/nats-io/nats-server/pull/3876), until it is started again.
 */
export async function removeObject(
  { client, manager, stream, objects }: Omit<Bucket, 'prefix'> & { readonly objects: ObjectStore },
  name: string,
  over: AbortSignal,
): Promise<void> {
  const info = await objects.info(name);
  if (info === null) return;
  const subject = `$O.${stream.replace(/^OBJ_/, '')}.C.${info.nuid}`;
  const consumer = await client.consumers.getPushConsumer(stream, {
    deliver_policy: DeliverPolicy.All,
    filter_subjects: subject,
    headers_only: true,
  });
  const sequences: number[] = [];
  const { num_pending: count } = await consumer.info(true);
  for await (const { seq } of take(count, consumer, over)) sequences.push(seq);
  // The object last: whoever is ended on the way finds it again by its name.
  for (let from = 0; from < sequences.length; from += atOnce)
    await Promise.all(sequences.slice(from, from + atOnce).map((seq) => remove(seq)));
  await remove(info.revision);

  async function remove(sequence: number): Promise<void> {
    try {
      await manager.streams.deleteMessage(stream, sequence, false);
    } catch (error) {
      // Another may be at it too.
      if (!/not found/.test((error as Error).message)) throw error;
    }
  }
}
