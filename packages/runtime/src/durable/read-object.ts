import type { ObjectInfo, ObjectStore } from '@nats-io/obj';

type Reader = ReadableStreamDefaultReader<Uint8Array>;

/** An object's bytes; null where there is none, or none any more. @throws when they are not those that were written, or do not come */
export async function readObject(objects: ObjectStore, name: string): Promise<Uint8Array | null> {
  const object = await objects.get(name);
  if (object === null) return null;
  // Told by the stream as well.
  object.error.catch(() => {});
  const bytes = new Uint8Array(object.info.size);
  const reader = object.data.getReader() as Reader;
  let offset = 0;
  try {
    for (;;) {
      const chunk = await nextChunk(reader, () => isThere(objects, object.info));
      if (chunk === 'gone') return null;
      if (chunk === 'stalled') throw new Error(`${offset} of ${bytes.length} bytes came, and no more`);
      if (chunk.done) break;
      bytes.set(chunk.value, offset);
      offset += chunk.value.length;
    }
  } finally {
    // Not awaited: one that is stalled may not end.
    void reader.cancel().catch(() => {});
  }
  if (offset < bytes.length) throw new Error(`${offset} of ${bytes.length} bytes came`);
  return bytes;
}

/** Of an object that is deleted while it is read, nothing more comes, or the rest without what was deleted. */
async function nextChunk(reader: Reader, isThere: () => Promise<boolean>) {
  const next = reader.read().catch(async (error) => {
    if (await isThere()) throw error;
    return 'gone' as const;
  });
  for (let waitedMs = 0; waitedMs < stallMs; waitedMs += lookMs) {
    const chunk = await within(lookMs, next);
    if (chunk !== null) return chunk;
    if (!(await isThere())) return 'gone';
  }
  return 'stalled';
}

async function isThere(objects: ObjectStore, { name, nuid }: ObjectInfo): Promise<boolean> {
  const now = await objects.info(name);
  return now !== null && !now.deleted && now.nuid === nuid;
}

/** null where it takes longer. */
async function within<Result>(ms: number, promise: Promise<Result>): Promise<Result | null> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  try {
    return await Promise.race([promise, over]);
  } finally {
    clearTimeout(timer);
  }
}

const lookMs = 500;
/** Longer than it takes to notice that a broker does not answer: the connection is lost then, and the object read anew. */
const stallMs = 30_000;
