import type { ObjectStore } from '@nats-io/obj';

/** An object's bytes; null where there is none. @throws when they are not those that were written, or do not come */
export async function readObject(objects: ObjectStore, name: string): Promise<Uint8Array | null> {
  const object = await objects.get(name);
  if (object === null) return null;
  // Told by the stream as well.
  object.error.catch(() => {});
  const bytes = new Uint8Array(object.info.size);
  const reader = object.data.getReader();
  let offset = 0;
  try {
    for (;;) {
      const { done, value } = await within(
        stallMs,
        reader.read(),
        () => `${offset} of ${bytes.length} bytes came, and no more`,
      );
      if (done) break;
      bytes.set(value, offset);
      offset += value.length;
    }
  } finally {
    // Not awaited: one that is stalled may not end.
    void reader.cancel().catch(() => {});
  }
  if (offset < bytes.length) throw new Error(`${offset} of ${bytes.length} bytes came`);
  return bytes;
}

async function within<Result>(ms: number, promise: Promise<Result>, reason: () => string): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const stalled = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(reason())), ms);
  });
  try {
    return await Promise.race([promise, stalled]);
  } finally {
    clearTimeout(timer);
  }
}

/** Longer than it takes to notice that a broker does not answer: the connection is lost then, and the object read anew. */
const stallMs = 30_000;
