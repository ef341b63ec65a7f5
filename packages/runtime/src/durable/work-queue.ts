import {
  AckPolicy,
  type Consumer,
  type JetStreamClient,
  type JetStreamManager,
  type JsMsg,
  jetstream,
  RetentionPolicy,
  StorageType,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { queueSubject, runsStream } from '@sparring/protocol';
import { runsConsumer } from '../broker/durable-permissions.js';
import type { NatsBus } from '../bus/nats-bus.js';
import { isConflict } from './conflict.js';
import { Persistence, type PersistenceOptions } from './persistence.js';

/** After so long without a word whoever pulled a run is taken for dead, and the run goes to the next. */
export const ackWaitMs = 15_000;

/** A run that waits in the queue. */
export interface Queued {
  readonly sweep: string;
  readonly number: number;
  /** Of the run: all that is written there. */
  readonly identity: string;
  /** How often the sweep had been stopped when the run was laid out. */
  readonly stops: number;
}

/** A run that was pulled: nobody else gets it while `working` is said, until it is taken out or given back. */
export interface Pulled extends Queued {
  /** How often it has been handed out, this time included. */
  readonly deliveries: number;
  working(): void;
  /** There is nothing left to do about it. Where this word is lost, the run comes once more. */
  takeOut(): void;
  giveBack(delayMs?: number): void;
}

/**
 * The queue of runs that trainers pull, which outlasts all processes. A run that waits is there once: laid out again it is still one.
 * The queue only says who looks at a run next; what the run is, and what has become of it, the store says.
 */
export class WorkQueue {
  readonly #bus: NatsBus;
  readonly #persistence: Persistence;
  readonly #make: boolean;
  #parts: Promise<Parts> | undefined;

  /** @param make whether it is made where it is not there: else it is waited for */
  constructor(bus: NatsBus, { make, ...options }: PersistenceOptions & { readonly make: boolean }) {
    this.#bus = bus;
    this.#make = make;
    this.#persistence = new Persistence(bus.link, options);
  }

  /** Resolves when the queue is there. */
  async open(): Promise<void> {
    await this.#insist('open the queue', async () => {});
  }

  /** Lays runs out, but for those that wait or are out already. They are sent without waiting for each. */
  async add(runs: readonly Queued[]): Promise<void> {
    for (let from = 0; from < runs.length; from += atOnce) {
      const some = runs.slice(from, from + atOnce);
      await this.#insist('lay out runs', async ({ client }) => {
        await Promise.all(some.map((run) => addOne(client, run)));
      });
    }
  }

  /** Takes all runs of a sweep out, those too that somebody is at; or only those that were laid out after so many stops of it. */
  async clear(sweep: string, stops?: number): Promise<void> {
    await this.#insist(`clear ${sweep}`, ({ manager }) =>
      manager.streams.purge(runsStream, { filter: queueSubject(sweep, stops) }),
    );
  }

  /** The next run, waited for so long at most; null where none came, or the broker is away. */
  async next(waitMs: number): Promise<Pulled | null> {
    if (!this.#bus.connected) await this.#bus.link.whenConnected();
    const { consumer } = await this.#insist('open the queue', async (parts) => parts);
    try {
      const message = await consumer!.next({ expires: waitMs });
      return message && pulled(message);
    } catch {
      // The broker may have lost it, or be away: the next call finds out.
      this.#parts = undefined;
      return null;
    }
  }

  #insist<Result>(call: string, attempt: (parts: Parts) => Promise<Result>): Promise<Result> {
    return this.#persistence.insist(call, async () => {
      this.#parts ??= this.#make ? made(this.#bus) : found(this.#bus);
      try {
        return await attempt(await this.#parts);
      } catch (error) {
        this.#parts = undefined;
        throw error;
      }
    });
  }
}

interface Parts {
  readonly client: JetStreamClient;
  readonly manager: JetStreamManager;
  /** For those who pull. */
  readonly consumer: Consumer | null;
}

const atOnce = 500;

async function addOne(client: JetStreamClient, { sweep, number, identity, stops }: Queued): Promise<void> {
  try {
    await client.publish(queueSubject(sweep, stops, number), identity, { expect: { lastSubjectSequence: 0 } });
  } catch (error) {
    if (!isConflict(error)) throw error;
  }
}

function pulled(message: JsMsg): Pulled {
  const [sweep, stops, number] = message.subject.split('.').slice(-3);
  return {
    ...{ sweep: sweep!, stops: Number(stops), number: Number(number), identity: message.string() },
    deliveries: message.info.deliveryCount,
    working: () => message.working(),
    takeOut: () => message.ack(),
    giveBack: (delayMs) => message.nak(delayMs),
  };
}

async function made({ link }: NatsBus): Promise<Parts> {
  const client = jetstream(link.connection);
  const manager = await client.jetstreamManager();
  await manager.streams.add({
    name: runsStream,
    subjects: [queueSubject()],
    retention: RetentionPolicy.Workqueue,
    storage: StorageType.File,
  });
  await manager.consumers.add(runsStream, {
    durable_name: runsConsumer,
    ack_policy: AckPolicy.Explicit,
    ack_wait: nanos(ackWaitMs),
    max_deliver: -1,
    max_ack_pending: -1,
  });
  return { client, manager, consumer: null };
}

async function found({ link }: NatsBus): Promise<Parts> {
  const client = jetstream(link.connection);
  const manager = await client.jetstreamManager();
  return { client, manager, consumer: await client.consumers.get(runsStream, runsConsumer) };
}
