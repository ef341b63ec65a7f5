import { setTimeout as delay } from 'node:timers/promises';
import type { KV } from '@nats-io/kv';
import { BusClosed } from '../bus/bus-closed.js';
import type { NatsLink } from '../bus/nats-link.js';

/** What became of a key: `value` is null where it was deleted. */
export interface Change {
  readonly key: string;
  readonly value: string | null;
  readonly revision: number;
}

export interface EntryWatch {
  readonly link: NatsLink;
  /** Begins to watch a bucket's entries, after a revision where one is given. */
  readonly begin: (options: { resumeFromRevision?: number }) => Promise<{
    readonly watch: Awaited<ReturnType<KV['watch']>>;
    readonly isEmpty: boolean;
  }>;
  /** Each change is told once, also where this throws. */
  readonly onChange: (change: Change) => void;
  /** Told of a key of which `onChange` threw: the watch goes on. */
  readonly onFailed: (key: string, error: Error) => void;
  readonly onKnown: () => void;
}

/** After a watch has ended before its time. */
const rewatchMs = 200;

/** Watches until it is over, through all losses of the connection. `onKnown` is called once all that there was has been told. */
export async function watchEntries(options: EntryWatch, over: AbortSignal): Promise<void> {
  const { link, begin, onChange, onFailed, onKnown } = options;
  let [seen, isKnown] = [0, false];
  const know = () => {
    if (isKnown) return;
    isKnown = true;
    onKnown();
  };
  while (!over.aborted) {
    let stop = () => {};
    try {
      await link.whenConnected(over);
      const { watch, isEmpty } = await begin(seen > 0 ? { resumeFromRevision: seen + 1 } : {});
      stop = () => watch.stop();
      link.changes.once('lost', stop);
      over.addEventListener('abort', stop);
      if (isEmpty) know();
      if (over.aborted || !link.connected) stop();
      for await (const entry of watch) {
        const { key, operation, revision, delta } = entry;
        if (revision > seen) {
          seen = revision;
          try {
            onChange({ key, value: operation === 'PUT' ? entry.string() : null, revision });
          } catch (error) {
            onFailed(key, error as Error);
          }
        }
        if (delta === 0) know();
      }
    } catch (error) {
      if (error instanceof BusClosed || over.aborted) return;
    } finally {
      link.changes.off('lost', stop);
      over.removeEventListener('abort', stop);
      // The broker would go on sending to a watch to which nobody listens any more.
      stop();
    }
    if (!over.aborted) await delay(rewatchMs);
  }
}
