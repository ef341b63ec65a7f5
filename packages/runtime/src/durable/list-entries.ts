import {
  DeliverPolicy,
  type JetStreamClient,
  type JetStreamManager,
  type JsMsg,
  type PushConsumer,
  type StoredMsg,
} from '@nats-io/jetstream';
import type { Entry } from './durable-store.js';

export interface Bucket {
  readonly client: JetStreamClient;
  readonly manager: JetStreamManager;
  /** Of the bucket's entries. */
  readonly stream: string;
  /** What stands before a key in its subject. */
  readonly prefix: string;
}

/**
 * The entries of a bucket whose subjects match, each key once, in the order in which they were last written. Others may write all the
 * while: an entry is then as it was at some time since the call. An entry that is written moves to the end of the stream, and whoever reads on
 * to the end may never come there; so as many are read as there were, and those that moved away are asked for one by one.
 * @param over aborted: what has come is enough
 */
export async function listEntries(bucket: Bucket, subject: string, over: AbortSignal): Promise<Entry[]> {
  const { client, manager, stream, prefix } = bucket;
  const { last_seq: lastBefore } = (await manager.streams.info(stream)).state;
  const consumer = await client.consumers.getPushConsumer(stream, {
    deliver_policy: DeliverPolicy.LastPerSubject,
    filter_subjects: subject,
  });
  const count = (await consumer.info(true)).num_pending;
  const found = new Map<string, Entry | null>();
  let latest = 0;
  for await (const message of take(count, consumer, over)) {
    latest = Math.max(latest, message.seq);
    found.set(message.subject, entryOf(message, prefix));
  }
  if (latest > lastBefore || found.size < count) {
    const { state } = await manager.streams.info(stream, { subjects_filter: subject });
    for (const missing of Object.keys(state.subjects ?? {}).filter((name) => !found.has(name))) {
      const message = await manager.direct.getMessage(stream, { last_by_subj: missing });
      found.set(missing, message && entryOf(message, prefix));
    }
  }
  return [...found.values()].filter((entry) => entry !== null).sort((a, b) => a.revision - b.revision);
}

/** So many of a consumer's messages; fewer where some were written anew meanwhile, or deleted. */
export async function* take(count: number, consumer: PushConsumer, over: AbortSignal): AsyncGenerator<JsMsg> {
  if (count === 0) return;
  let left = count;
  const messages = await consumer.consume();
  const stop = () => messages.stop();
  over.addEventListener('abort', stop);
  // Nothing has come for a while: there is no more.
  void stopAtHeartbeat(messages.status(), stop);
  try {
    for await (const message of messages) {
      yield message;
      if (--left === 0 || message.info.pending === 0) return;
    }
  } finally {
    over.removeEventListener('abort', stop);
    stop();
  }
}

async function stopAtHeartbeat(statuses: AsyncIterable<{ readonly type: string }>, stop: () => void): Promise<void> {
  for await (const { type } of statuses) if (type === 'heartbeat') stop();
}

/** null where it was deleted. */
function entryOf(message: JsMsg | StoredMsg, prefix: string): Entry | null {
  const headers = 'header' in message ? message.header : message.headers;
  if (headers?.get('KV-Operation')) return null;
  return { key: message.subject.slice(prefix.length), value: message.string(), revision: message.seq };
}
