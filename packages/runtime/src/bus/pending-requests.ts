import { NoResponders } from './bus.js';
import { BusClosed } from './bus-closed.js';
import { type Asked, type Asking, PendingRequest } from './pending-request.js';

/** The questions of a process that wait for their answers, by the last word of the subject on which these are to arrive. */
export class PendingRequests {
  readonly #inbox: string;
  readonly #asking: Asking;
  readonly #pending = new Map<string, PendingRequest<unknown>>();
  #numAsked = 0;
  #closed = false;
  #reconnectedAt = Number.NEGATIVE_INFINITY;

  /** Answers arrive on `<inbox>.<token>`. */
  constructor(inbox: string, asking: Asking) {
    this.#inbox = inbox;
    this.#asking = asking;
  }

  get size(): number {
    return this.#pending.size;
  }

  /** Asks, and forgets the question when `wait`, which is given the answer to come, is over. */
  async ask<Answer>(
    asked: Omit<Asked<Answer>, 'reply'>,
    wait: (answer: Promise<Answer>) => Promise<Answer>,
  ): Promise<Answer> {
    if (this.#closed) throw new BusClosed();
    const token = (this.#numAsked++).toString(36);
    const pending = new PendingRequest({ ...asked, reply: `${this.#inbox}.${token}` }, this.#asking);
    this.#pending.set(token, pending as PendingRequest<unknown>);
    pending.ask();
    try {
      return await wait(pending.answer);
    } finally {
      this.#pending.delete(token);
      pending.close();
    }
  }

  /** Takes what arrives in the inbox. Answers to questions that are no longer open are expected: the first has won. @throws Malformed */
  hear(subject: string, bytes: Uint8Array): void {
    this.#of(subject)?.hear(bytes);
  }

  /** Takes the broker's word that nobody serves what was asked here. */
  hearNobody(subject: string): void {
    const pending = this.#of(subject);
    if (!pending) return;
    // Whoever serves it has lost the same broker, and may be a little later in coming back.
    if (performance.now() - this.#reconnectedAt < graceMs) pending.askSoon();
    else pending.fail(new NoResponders(pending.subject));
  }

  askAgain(): void {
    this.#reconnectedAt = performance.now();
    for (const pending of this.#pending.values()) pending.askAgain();
  }

  /** Fails what was asked on a subject. */
  fail(subject: string, reason: Error): void {
    for (const pending of this.#pending.values()) if (pending.subject === subject) pending.fail(reason);
  }

  close(): void {
    this.#closed = true;
    for (const pending of this.#pending.values()) pending.fail(new BusClosed());
  }

  #of(subject: string): PendingRequest<unknown> | undefined {
    return this.#pending.get(subject.slice(this.#inbox.length + 1));
  }
}

const graceMs = 5_000;
