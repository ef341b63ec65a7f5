import { randomUUID } from 'node:crypto';
import {
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamClient,
  type JetStreamManager,
  jetstream,
} from '@nats-io/jetstream';
import { type KV, Kvm } from '@nats-io/kv';
import { type ObjectStore, Objm, StorageType, setSha256Backend } from '@nats-io/obj';
import { durableBucket } from '../broker/durable-permissions.js';
import type { NatsBus } from '../bus/nats-bus.js';
import type { DurableStore, Entry } from './durable-store.js';
import { listEntries } from './list-entries.js';
import { Persistence, type PersistenceOptions } from './persistence.js';
import { readObject } from './read-object.js';

/** What must last, in a key-value bucket and an object store of the broker's JetStream; both are made where there are none. */
export class NatsStore implements DurableStore {
  readonly #bus: NatsBus;
  readonly #persistence: Persistence;
  #parts: Promise<Parts> | undefined;

  /** Shares the bus's connection. */
  static async open(bus: NatsBus, options: PersistenceOptions = {}): Promise<NatsStore> {
    const store = new NatsStore(bus, options);
    await store.#insist('open the store', async () => {});
    return store;
  }

  private constructor(bus: NatsBus, options: PersistenceOptions) {
    this.#bus = bus;
    this.#persistence = new Persistence(bus.link, options);
  }

  async get(key: string): Promise<Entry | null> {
    const entry = await this.#insist(`get ${key}`, ({ entries }) => entries.get(key));
    return entry?.operation === 'PUT' ? { key, value: entry.string(), revision: entry.revision } : null;
  }

  list(words: string): Promise<Entry[]> {
    const subject = subjectOf(words === '' ? '>' : `${words}.>`);
    return this.#insist(`list ${words}`, (parts, over) =>
      listEntries({ ...parts, stream, prefix: subjectOf('') }, subject, over),
    );
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
    const options = { max_chunk_size: this.#bus.link.maxPayloadBytes / 2 };
    await this.#insist(`put object ${name}`, ({ objects }) => objects.putBlob({ name, options }, bytes));
  }

  getObject(name: string): Promise<Uint8Array | null> {
    return this.#insist(`get object ${name}`, ({ objects }) => readObject(objects, name));
  }

  async deleteObject(name: string): Promise<void> {
    await this.#insist(`delete object ${name}`, ({ objects }) => objects.delete(name));
  }

  async listObjects(prefix: string): Promise<string[]> {
    const objects = await this.#insist(`list objects ${prefix}`, (parts) => parts.objects.list());
    return objects.map(({ name }) => name).filter((name) => name.startsWith(prefix));
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
        return (await client.publish(subjectOf(key), value, { msgID, expect })).seq;
      } catch (error) {
        if (!isConflict(error)) throw error;
        const last = await manager.direct.getMessage(stream, { last_by_subj: subjectOf(key) });
        return last?.header.get('Nats-Msg-Id') === msgID ? last.seq : null;
      }
    });
  }

  #insist<Result>(call: string, attempt: (parts: Parts, over: AbortSignal) => Promise<Result>): Promise<Result> {
    return this.#persistence.insist(call, async (over) => {
      this.#parts ??= openParts(this.#bus);
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

async function openParts({ link }: NatsBus): Promise<Parts> {
  // Twenty times as fast as its own.
  setSha256Backend('native');
  const client = jetstream(link.connection);
  const manager = await client.jetstreamManager();
  const entries = await new Kvm(client).create(durableBucket, { history: 1, storage: StorageType.File });
  const objects = await new Objm(client).create(durableBucket, { storage: StorageType.File });
  return { client, manager, entries, objects };
}

function isConflict(error: unknown): boolean {
  return error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamWrongLastSequence;
}

const stream = `KV_${durableBucket}`;

function subjectOf(key: string): string {
  return `$KV.${durableBucket}.${key}`;
}
