import { decodeFrame, type Encoded, type Frame, Malformed } from '@sparring/protocol';
import { Cut } from './frames.js';
import type { Outbound } from './outbound.js';
import type { Receiver } from './receiver.js';
import type { Sending } from './sending.js';
import { ServiceFault } from './service-fault.js';
import type { Traffic } from './traffic.js';

export interface Asked<Answer> {
  readonly subject: string;
  /** Where the answer is to be sent. */
  readonly reply: string;
  readonly question: Encoded;
  readonly receiver: Receiver<Answer>;
  readonly traffic: Traffic;
  /** The last frame of the question was handed to the connection; again, where it is asked again. */
  readonly onSent: () => void;
}

/** How questions leave. */
export interface Asking {
  readonly outbound: Outbound;
  readonly maxBytesPerFrame: () => number;
  /** A question is asked again when nothing was heard for so long. */
  readonly retryMs: number;
}

/**
 * A question, until it is answered. A large one goes no further than 8 MB ahead of what the service says has arrived. When the
 * connection has come back, or nothing is heard, it is asked again from its beginning, one frame at first: the service says how
 * much of the rest it has.
 */
export class PendingRequest<Answer> implements Sending {
  readonly subject: string;
  readonly reply: string;
  /** None: its frames are made when they are sent. */
  readonly heldBytes = 0;
  readonly answer: Promise<Answer>;
  readonly #asked: Asked<Answer>;
  readonly #asking: Asking;
  #resolve!: (answer: Answer) => void;
  #reject!: (reason: unknown) => void;
  #cut: Cut;
  #next = 0;
  #arrivedBytes = 0;
  #aheadBytes = maxAheadBytes;
  /** Waits in the outbound queue. */
  #offered = false;
  #lastHeardAt = performance.now();
  #retry: NodeJS.Timeout | undefined;

  constructor(asked: Asked<Answer>, asking: Asking) {
    this.subject = asked.subject;
    this.reply = asked.reply;
    this.#asked = asked;
    this.#asking = asking;
    this.#cut = new Cut(asked.question, asking.maxBytesPerFrame());
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    asked.traffic.sentMessages += 1;
  }

  ask(): void {
    this.#offer();
    this.#retryAfter(this.#asking.retryMs);
  }

  /** The connection was lost and has come back: whatever was sent may not have arrived. */
  askAgain(): void {
    this.#offered = false;
    this.#restart();
  }

  /** Asks again a little later: nobody serves the subject yet. */
  askSoon(): void {
    this.#lastHeardAt = performance.now() + soonMs - this.#asking.retryMs;
    this.#next = this.#cut.numFrames;
    this.#retryAfter(soonMs);
  }

  /** @throws Malformed */
  hear(bytes: Uint8Array): void {
    const frame = decodeFrame(bytes);
    this.#lastHeardAt = performance.now();
    this.#asked.traffic.receivedBytes += bytes.length;
    if (frame.transfer !== this.#cut.transfer) this.#take(frame);
    else if (frame.fault !== '') this.fail(new ServiceFault(frame.fault));
    else this.#goOn(frame.offset);
  }

  fail(reason: unknown): void {
    this.#reject(reason);
  }

  /** Nobody waits for the answer any longer. */
  close(): void {
    clearTimeout(this.#retry);
    this.#asked.receiver.close();
    this.#next = this.#cut.numFrames;
  }

  next(): Uint8Array | null {
    const aheadBytes = this.#next * this.#cut.bytesPerFrame - this.#arrivedBytes;
    if (this.#next < this.#cut.numFrames && aheadBytes < this.#aheadBytes) return this.#cut.frame(this.#next++);
    this.#offered = false;
    return null;
  }

  sent(bytes: number): void {
    this.#asked.traffic.sentBytes += bytes;
    if (this.#next === this.#cut.numFrames) this.#asked.onSent();
  }

  /** The broker may take less than it did: it is asked again, cut anew, when nothing is heard. */
  dropped(): void {
    this.#offered = false;
  }

  #take(frame: Frame): void {
    if (frame.fault !== '') throw new Malformed('unknown', 'the fault of another question');
    const answer = this.#asked.receiver.receive(frame);
    if (answer !== null) this.#resolve(answer);
  }

  #goOn(arrivedBytes: number): void {
    const { numFrames, bodyBytes, bytesPerFrame } = this.#cut;
    if (numFrames === 1) return;
    this.#arrivedBytes = Math.min(Math.max(this.#arrivedBytes, arrivedBytes), bodyBytes);
    this.#next = Math.max(this.#next, Math.ceil(this.#arrivedBytes / bytesPerFrame));
    this.#aheadBytes = maxAheadBytes;
    if (this.#next < numFrames) this.#offer();
  }

  #restart(): void {
    const maxBytesPerFrame = this.#asking.maxBytesPerFrame();
    try {
      // The broker may take less than it did.
      if (this.#cut.largestBytes > maxBytesPerFrame) this.#cut = new Cut(this.#asked.question, maxBytesPerFrame);
    } catch (error) {
      this.fail(error);
      return;
    }
    this.#next = 0;
    this.#arrivedBytes = 0;
    this.#aheadBytes = 1;
    this.#lastHeardAt = performance.now();
    this.#offer();
  }

  #offer(): void {
    if (this.#offered) return;
    this.#offered = true;
    if (!this.#asking.outbound.offer(this)) this.#offered = false;
  }

  #retryAfter(ms: number): void {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      const { retryMs, outbound } = this.#asking;
      const silentMs = performance.now() - this.#lastHeardAt;
      if (silentMs < retryMs) return this.#retryAfter(retryMs - silentMs);
      if (outbound.open && !this.#offered) this.#restart();
      this.#retryAfter(retryMs);
    }, ms);
  }
}

/** What may be on its way without the service having said that it arrived. */
const maxAheadBytes = 8 * 1024 * 1024;
const soonMs = 100;
