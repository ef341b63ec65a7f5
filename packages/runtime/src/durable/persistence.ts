import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { JetStreamApiCodes, JetStreamApiError } from '@nats-io/jetstream';
import { PermissionViolationError, RequestError, TimeoutError } from '@nats-io/transport-node';
import { BusClosed } from '../bus/bus-closed.js';
import type { BusEvent } from '../bus/bus-event.js';
import type { NatsLink } from '../bus/nats-link.js';
import { isStoreFull } from './store-room.js';

export interface PersistenceOptions {
  /** Aborted: what cannot be done now is not waited for. */
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: BusEvent) => void) | undefined;
}

/** Does what needs a broker again and again, until it is done: the broker may be away, its JetStream not ready yet, or its store full. */
export class Persistence {
  readonly #link: NatsLink;
  readonly #signal: AbortSignal | undefined;
  readonly #onEvent: (event: BusEvent) => void;
  #waitingSince: number | undefined;

  constructor(link: NatsLink, { signal, onEvent }: PersistenceOptions) {
    this.#link = link;
    this.#signal = signal;
    this.#onEvent = onEvent ?? (() => {});
  }

  /**
   * @param attempt is told when it is over: when the connection is lost, it need not wait any longer
   * @throws what will not pass, with the name of the call; BusClosed; the signal's reason, where it would wait
   */
  async insist<Result>(call: string, attempt: (over: AbortSignal) => Promise<Result>): Promise<Result> {
    for (let waitMs = firstWaitMs; ; waitMs = Math.min(2 * waitMs, longestWaitMs)) {
      try {
        if (!this.#link.connected) await this.#waitForConnection(call);
        const result = await this.#whileConnected(attempt);
        this.#tellBack();
        return result;
      } catch (error) {
        this.#signal?.throwIfAborted();
        if (!mayPass(error)) throw named(call, error);
        this.#tellWaiting(
          call,
          isStoreFull(error) ? `the broker's store is full (${(error as Error).message})` : (error as Error).message,
        );
        // Woken early where the signal comes; what then fails is not tried again.
        await delay(waitMs, undefined, this.#signal ? { signal: this.#signal } : {}).catch(() => {});
      }
    }
  }

  async #waitForConnection(call: string): Promise<void> {
    this.#tellWaiting(call, 'no connection');
    await this.#link.whenConnected(this.#signal);
  }

  async #whileConnected<Result>(attempt: (over: AbortSignal) => Promise<Result>): Promise<Result> {
    const over = new AbortController();
    const lost = once(this.#link.changes, 'lost', { signal: over.signal }).then(() => {
      throw new ConnectionLost('the connection is lost');
    });
    try {
      return await Promise.race([attempt(over.signal), lost]);
    } finally {
      over.abort();
    }
  }

  #tellWaiting(call: string, reason: string): void {
    if (this.#waitingSince !== undefined) return;
    this.#waitingSince = performance.now();
    this.#onEvent({ kind: 'store-waiting', call, reason });
  }

  #tellBack(): void {
    if (this.#waitingSince === undefined) return;
    this.#onEvent({ kind: 'store-back', waitedMs: performance.now() - this.#waitingSince });
    this.#waitingSince = undefined;
  }
}

/** What was under way may or may not have been done. */
class ConnectionLost extends Error {}

/** Whether an error is one of a broker that is away, not ready yet, full, or that has lost what was there. */
function mayPass(error: unknown): boolean {
  if (isStoreFull(error)) return true;
  if (error instanceof JetStreamApiError) {
    return error.status === 503 || missing.includes(error.code);
  }
  if (error instanceof RequestError) return !(error.cause instanceof PermissionViolationError);
  // Of a broker that does not answer where JetStream would; its class is not exported.
  if ((error as Error).name === 'JetStreamNotEnabled') return true;
  return error instanceof ConnectionLost || error instanceof TimeoutError;
}

function named(call: string, error: unknown): Error {
  return error instanceof BusClosed ? error : new Error(`${call}: ${(error as Error).message}`, { cause: error });
}

const missing: number[] = [JetStreamApiCodes.StreamNotFound, JetStreamApiCodes.ConsumerNotFound];
const firstWaitMs = 100;
const longestWaitMs = 2_000;
