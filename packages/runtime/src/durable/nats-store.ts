import { randomUUID } from 'node:crypto';
import { type JetStreamClient, type JetStreamManager, jetstream } from '@nats-io/jetstream';
import { type KV, Kvm } from '@nats-io/kv';
import { type ObjectStore, Objm, StorageType, setSha256Backend } from '@nats-io/obj';
import { durableBucket } from '../broker/durable-permissions.js';
import type { Stop } from '../bus/bus.js';
import type { BusEvent } from '../bus/bus-event.js';
import type { NatsBus } from '../bus/nats-bus.js';
import { isConflict } from './conflict.js';
import type { DurableStore, Entry } from './durable-store.js';
import { listEntries } from './list-entries.js';
import { Persistence, type PersistenceOptions } from './persistence.js';
import { readObject } from './read-object.js';
import { removeObject } from './remove-object.js';
import { isStoreFull, roomOf, StoreFull, type StoreRoom } from './store-room.js';
import { type Change, type EntryWatch, watchEntries } from './watch-entries.js';

export interface StoreOptions extends PersistenceOptions {
  /** Of the key-value bucket and the object store; default: the coordinator's own. */
  readonly bucket?: string;
  /** Whether they are made where there are none, as by default; else they are waited for. */
  readonly make?: boolean;
}

/** What must last, in a key-value bucket and an object store of the broker's JetStream. */
export class NatsStore implements DurableStore {
  readonly #bus: NatsBus;
  readonly #bucket: string;
  readonly #make: boolean;
  readonly #persistence: Persistence;
  readonly #onEvent: (event: BusEvent) => void;
  #parts: Promise<Parts> | undefined;

  /** Shares the bus's connection. */
  static async open(bus: NatsBus, options: StoreOptions = {}): Promise<NatsStore> {
    const store = new NatsStore(bus, options);
    await store.#insist('open the store', async () => {});
    return store;
  }

  private constructor(bus: NatsBus, { bucket = durableBucket, make = true, ...options }: StoreOptions) {
    this.#bus = bus;
    this.#bucket = bucket;
    this.#make = make;
    this.#persistence = new Persistence(bus.link, options);
    this.#onEvent = options.onEvent ?? (() => {});
  }

  async get(key: string): Promise<Entry | null> {
    const entry = await this.#insist(`get ${key}`, ({ entries }) => entries.get(key));
    return entry?.operation === 'PUT' ? { key, value: entry.string(), revision: entry.revision } : null;
  }

  list(words: string): Promise<Entry[]> {
    const place = { stream: `KV_${this.#bucket}`, prefix: this.#subjectOf('') };
    const subject = this.#subjectOf(words === '' ? '>' : `${words}.>`);
    return this.#insist(`list ${words}`, (parts, over) => listEntries({ ...parts, ...place }, subject, over));
  }

  async create(key: string, value: string): Promise<number | null> {
    const revision = await this.#write(key, value, 0);
    if (revision !== null) return revision;
    // A deleted entry leaves a mark, which is replaced like an entry.
    const last = await this.#insist(`create ${key}`, ({ entries }) => entries.get(key));
    return last && last.operation !== 'PUT' ? this.#write(key, value, last.revision) : null;
  }

  update(key: string, value: string, revision: number): Promise<number | null> {
    return this.#write(key, value, revision);
  }

  async put(key: string, value: string): Promise<number> {
    return (await this.#write(key, value))!;
  }

  async delete(key: string): Promise<void> {
    await this.#insist(`delete ${key}`, ({ entries }) => entries.delete(key));
  }

  async putObject(name: string, bytes: Uint8Array): Promise<void> {
    await this.#insist(`put object ${name}`, (parts) => this.#put(parts, name, bytes));
  }

  putObjectIfRoom(name: string, bytes: Uint8Array): Promise<boolean> {
    return this.#insist(`put object ${name}`, async (parts) => {
      try {
        await this.#put(parts, name, bytes);
        return true;
      } catch (error) {
        if (isStoreFull(error)) return false;
        throw error;
      }
    });
  }

  room(): Promise<StoreRoom | null> {
    return this.#insist('ask for room', ({ manager }) => roomOf(manager));
  }

  getObject(name: string): Promise<Uint8Array | null> {
    return this.#insist(`get object ${name}`, ({ objects }) => readObject(objects, name));
  }

  async deleteObject(name: string): Promise<void> {
    const stream = `OBJ_${this.#bucket}`;
    await this.#insist(`delete object ${name}`, (parts, over) => removeObject({ ...parts, stream }, name, over));
  }

  async listObjects(prefix: string): Promise<string[]> {
    const objects = await this.#insist(`list objects ${prefix}`, (parts) => parts.objects.list());
    return objects.map(({ name }) => name).filter((name) => name.startsWith(prefix));
  }

  /**
   * Tells the last value of every key, in the order in which they were written, and then whatever is written and deleted. Where the
   * connection was lost, what was missed meanwhile is told when it is back. `onKnown` is called once all that there was has been told.
   * Where `onChange` throws, that is an event, and the watch goes on.
   */
  watch(onChange: (change: Change) => void, onKnown: () => void): Stop {
    const over = new AbortController();
    const begin: EntryWatch['begin'] = (options) =>
      this.#insist('watch', async ({ entries }) => {
        const isEmpty = (await entries.status()).values === 0;
        return { watch: await entries.watch(options), isEmpty };
      });
    const onFailed = (key: string, error: Error) =>
      this.#onEvent({ kind: 'handler-failed', subject: this.#subjectOf(key), error });
    void watchEntries({ link: this.#bus.link, begin, onChange, onFailed, onKnown }, over.signal);
    return () => over.abort();
  }

  /**
   * Only where the key is at a revision, if one is given. The write bears an id, by which one whose acknowledgement was lost is
   * recognised when it is repeated: by the broker within its two minutes, later by what lies there.
   */
  #write(key: string, value: string, lastSubjectSequence?: number): Promise<number | null> {
    const msgID = randomUUID();
    const expect = lastSubjectSequence === undefined ? {} : { lastSubjectSequence };
    return this.#insist(`write ${key}`, async ({ client, manager }) => {
      try {
        return (await client.publish(this.#subjectOf(key), value, { msgID, expect })).seq;
      } catch (error) {
        if (!isConflict(error)) throw error;
        const last = await manager.direct.getMessage(`KV_${this.#bucket}`, { last_by_subj: this.#subjectOf(key) });
        return last?.header.get('Nats-Msg-Id') === msgID ? last.seq : null;
      }
    });
  }

  /** Not tried where there is known to be no room: what of it was stored, nats-server before 2.9.15 goes on counting. */
  async #put({ manager, objects }: Parts, name: string, bytes: Uint8Array): Promise<void> {
    const room = await roomOf(manager);
    if (room !== null && bytes.length > room.most - room.used) throw new StoreFull(bytes.length, room);
    const options = { max_chunk_size: this.#bus.link.maxPayloadBytes / 2 };
    await objects.putBlob({ name, options }, bytes);
  }

  #subjectOf(key: string): string {
    return `$KV.${this.#bucket}.${key}`;
  }

  #insist<Result>(call: string, attempt: (parts: Parts, over: AbortSignal) => Promise<Result>): Promise<Result> {
    return this.#persistence.insist(call, async (over) => {
      this.#parts ??= openParts(this.#bus, this.#bucket, this.#make);
      try {
        return await attempt(await this.#parts, over);
      } catch (error) {
        // The broker may have lost them.
        this.#parts = undefined;
        throw error;
      }
    });
  }
}

interface Parts {
  readonly client: JetStreamClient;
  readonly manager: JetStreamManager;
  readonly entries: KV;
  readonly objects: ObjectStore;
}

async function openParts({ link }: NatsBus, bucket: string, make: boolean): Promise<Parts> {
  // Twenty times as fast as its own.
  setSha256Backend('native');
  const client = jetstream(link.connection);
  const manager = await client.jetstreamManager();
  const [kvm, objm] = [new Kvm(client), new Objm(client)];
  const found = async (bucket: string) => {
    for (const name of [`KV_${bucket}`, `OBJ_${bucket}`]) await manager.streams.info(name);
    return [await kvm.open(bucket, { allow_direct: true }), await objm.open(bucket, false)] as const;
  };
  const [entries, objects] = make
    ? [
        await kvm.create(bucket, { history: 1, storage: StorageType.File }),
        await objm.create(bucket, { storage: StorageType.File }),
      ]
    : await found(bucket);
  return { client, manager, entries, objects };
}
