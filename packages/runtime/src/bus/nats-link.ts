import { EventEmitter, once } from 'node:events';
import { type NatsConnection, PermissionViolationError } from '@nats-io/transport-node';
import { BusClosed } from './bus-closed.js';
import type { BusEvent } from './bus-event.js';
import { connectToNats, type NatsOptions, ReconnectWaits } from './nats-connection.js';

interface Changes {
  lost: [];
  back: [];
  /** The broker let nothing be published on this subject. */
  refused: [subject: string];
}

/** The connection to the broker, and whether it is there just now. */
export class NatsLink {
  readonly connection: NatsConnection;
  readonly changes = new EventEmitter<Changes>();
  readonly #onEvent: (event: BusEvent) => void;
  readonly #waits: ReconnectWaits;
  #lostAt: number | undefined;
  #maxPayloadBytes = 0;
  /** A broker that refuses to take this process back says so at every attempt. */
  #lastError = '';

  static async open(options: NatsOptions): Promise<NatsLink> {
    const waits = new ReconnectWaits();
    return new NatsLink(await connectToNats(options, waits), waits, options.onEvent ?? (() => {}));
  }

  constructor(connection: NatsConnection, waits: ReconnectWaits, onEvent: (event: BusEvent) => void) {
    this.connection = connection;
    this.#waits = waits;
    this.#onEvent = onEvent;
    this.changes.setMaxListeners(0);
    this.#arrive();
    onEvent({ kind: 'connected', server: connection.getServer() });
    void this.#watch();
  }

  get connected(): boolean {
    return this.#lostAt === undefined && !this.connection.isClosed();
  }

  /** What the broker takes in one message, as it said last. */
  get maxPayloadBytes(): number {
    return this.#maxPayloadBytes;
  }

  /** @throws BusClosed; the signal's reason */
  async whenConnected(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.connected) return;
    const closed = this.connection.closed().then(() => Promise.reject(new BusClosed()));
    await Promise.race([once(this.changes, 'back', signal ? { signal } : {}), closed]);
  }

  /** Lets the broker deliver what it was sent, for so long at most, and closes. */
  async close(maxDrainMs: number): Promise<void> {
    let limit: NodeJS.Timeout | undefined;
    const drained = this.connection.drain().catch(() => {});
    await Promise.race([drained, new Promise((resolve) => (limit = setTimeout(resolve, maxDrainMs)))]);
    clearTimeout(limit);
    await this.connection.close();
  }

  async #watch(): Promise<void> {
    for await (const status of this.connection.status()) {
      if (status.type === 'disconnect') this.#lose(status.server);
      else if (status.type === 'reconnecting') this.#waits.failed();
      else if (status.type === 'reconnect') this.#return(status.server);
      else if (status.type === 'error') this.#fail(status.error);
    }
    this.#lostAt ??= performance.now();
    this.#onEvent({ kind: 'closed' });
  }

  #lose(server: string): void {
    if (this.#lostAt !== undefined) return;
    this.#lostAt = performance.now();
    this.changes.emit('lost');
    this.#onEvent({ kind: 'disconnected', server });
  }

  #return(server: string): void {
    const downMs = performance.now() - (this.#lostAt ?? performance.now());
    this.#lostAt = undefined;
    this.#lastError = '';
    this.#waits.succeeded();
    this.#arrive();
    this.#onEvent({ kind: 'reconnected', server, downMs });
    this.changes.emit('back');
  }

  #arrive(): void {
    this.#maxPayloadBytes = this.connection.info?.max_payload ?? this.#maxPayloadBytes;
  }

  #fail(error: Error): void {
    if (error instanceof PermissionViolationError) {
      const { operation, subject } = error;
      this.#onEvent({ kind: 'permission-refused', operation, subject });
      if (operation === 'publish') this.changes.emit('refused', subject);
    } else if (/slow consumer/i.test(error.message)) {
      this.#onEvent({ kind: 'slow-consumer', detail: error.message });
    } else if (error.message !== this.#lastError) {
      this.#lastError = error.message;
      this.#onEvent({ kind: 'error', error });
    }
  }
}
