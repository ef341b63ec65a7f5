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
  readonly onChange: (change: Change) => void;
  readonly onKnown: () => void;
}

/** After a watch has ended before its time. */
const rewatchMs = 200;

/** Watches until it is over, through all losses of the connection. `onKnown` is called once all that there was has been told. */
export async function watchEntries({ link, begin, onChange, onKnown }: EntryWatch, over: AbortSignal): Promise<void> {
  let [seen, isKnown] = [0, false];
  const know = () => {
    if (!isKnown) onKnown();
    isKnown = true;
  };
  while (!over.aborted) {
    const lost = new AbortController();
    try {
      await link.whenConnected(over);
      const { watch, isEmpty } = await begin(seen > 0 ? { resumeFromRevision: seen + 1 } : {});
      if (isEmpty) know();
      const stop = () => watch.stop();
      link.changes.once('lost', stop);
      over.addEventListener('abort', stop, { signal: lost.signal });
      if (over.aborted || !link.connected) stop();
      for await (const entry of watch) {
        const { key, operation, revision, delta } = entry;
        if (revision > seen) onChange({ key, value: operation === 'PUT' ? entry.string() : null, revision });
        seen = Math.max(seen, revision);
        if (delta === 0) know();
      }
      link.changes.off('lost', stop);
    } catch (error) {
      if (error instanceof BusClosed || over.aborted) return;
    } finally {
      lost.abort();
    }
    if (!over.aborted) await delay(rewatchMs);
  }
}
