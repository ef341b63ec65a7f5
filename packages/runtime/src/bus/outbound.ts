import type { NatsConnection } from '@nats-io/transport-node';
import type { Sending } from './sending.js';
import type { Traffic } from './traffic.js';

/**
 * Hands messages to the connection, strictly one after the other, and no faster than the broker takes them: what waits, waits here.
 * A message that has no next frame steps aside; whoever sends it offers it again. While there is no connection nothing waits: what
 * was published is lost, as it is for whoever does not listen.
 */
export class Outbound {
  /** Whether there is a connection. */
  open = true;
  readonly #connection: NatsConnection;
  readonly #onError: (error: Error) => void;
  #waiting: Sending[] = [];
  #heldBytes = 0;
  /** Handed over, and the broker has not said that it took it. */
  #unconfirmedBytes = 0;
  #unmarkedBytes = 0;
  /** Changes when the connection is lost: the broker will not confirm what it was handed before. */
  #era = 0;
  #idle: (() => void)[] = [];

  constructor(connection: NatsConnection, onError: (error: Error) => void) {
    this.#connection = connection;
    this.#onError = onError;
  }

  /** Memory of the messages that wait. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** Whether it was taken. */
  offer(sending: Sending): boolean {
    if (!this.open) return false;
    this.#waiting.push(sending);
    this.#heldBytes += sending.heldBytes;
    // Where others wait already, they are being seen to.
    if (this.#waiting.length === 1) this.#pump();
    return true;
  }

  /** Sends a small frame past all that waits. */
  handAtOnce(subject: string, frame: Uint8Array, traffic: Traffic): void {
    if (this.open && this.#publish(subject, frame)) traffic.sentBytes += frame.length;
  }

  /** Resolves when nothing waits any longer. */
  async idle(): Promise<void> {
    if (this.#waiting.length > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  /** The connection is lost. */
  close(): void {
    this.open = false;
    this.#waiting = [];
    this.#heldBytes = 0;
    this.#unconfirmedBytes = 0;
    this.#unmarkedBytes = 0;
    this.#era += 1;
    this.#tellIdle();
  }

  #pump(): void {
    while (this.#waiting.length > 0 && this.#unconfirmedBytes < maxUnconfirmedBytes) {
      const sending = this.#waiting[0]!;
      const frame = sending.next();
      if (!frame || !this.#hand(sending, frame)) this.#shift();
    }
    if (this.#waiting.length === 0) this.#tellIdle();
  }

  #hand(sending: Sending, frame: Uint8Array): boolean {
    if (!this.#publish(sending.subject, frame, sending.reply)) {
      sending.dropped();
      return false;
    }
    sending.sent(frame.length);
    this.#unconfirmedBytes += frame.length;
    this.#unmarkedBytes += frame.length;
    if (this.#unmarkedBytes >= markEveryBytes) void this.#mark();
    return true;
  }

  #publish(subject: string, frame: Uint8Array, reply?: string): boolean {
    try {
      this.#connection.publish(subject, frame, reply ? { reply } : {});
      return true;
    } catch (error) {
      this.#onError(error as Error);
      return false;
    }
  }

  #shift(): void {
    this.#heldBytes -= this.#waiting.shift()?.heldBytes ?? 0;
  }

  /** Asks the broker to say when it has taken everything up to here. */
  async #mark(): Promise<void> {
    const era = this.#era;
    const bytes = this.#unmarkedBytes;
    this.#unmarkedBytes = 0;
    // Rejected when the connection is lost.
    const taken = await this.#connection.flush().then(
      () => true,
      () => false,
    );
    if (!taken || era !== this.#era) return;
    this.#unconfirmedBytes -= bytes;
    this.#pump();
  }

  #tellIdle(): void {
    const idle = this.#idle;
    this.#idle = [];
    for (const resolve of idle) resolve();
  }
}

const markEveryBytes = 2 * 1024 * 1024;
const maxUnconfirmedBytes = 8 * 1024 * 1024;
