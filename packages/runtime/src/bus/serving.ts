import { decodeFrame, type Frame, Malformed } from '@sparring/protocol';
import { isInbox } from '../broker/roles.js';
import { acknowledgement } from './frames.js';
import type { Receiver } from './receiver.js';

export interface ServingOptions<Question, Answer> {
  readonly handler: (question: Question) => Answer | null | Promise<Answer | null>;
  readonly receiver: Receiver<Question>;
  readonly send: (subject: string, answer: Answer) => void;
  readonly sendFault: (subject: string, error: Error) => void;
  readonly acknowledge: (subject: string, frame: Uint8Array) => void;
}

/**
 * Answers the questions that arrive on a service's subject. A question that is asked again while it is being answered is not asked
 * of the handler again; one that is asked again later is.
 */
export class Serving<Question, Answer> {
  readonly #options: ServingOptions<Question, Answer>;

  constructor(options: ServingOptions<Question, Answer>) {
    this.#options = options;
  }

  /** @throws Malformed */
  hear(bytes: Uint8Array, reply: string | undefined): void {
    const { receiver } = this.#options;
    const frame = decodeFrame(bytes);
    if (!reply || !isInbox(reply))
      throw new Malformed('invalid', `a question whose answer is to go to ${reply || 'nobody'}`);
    const arrivedBefore = receiver.arrivedBytes(frame) ?? 0;
    const question = receiver.receive(frame);
    this.#acknowledge(frame, reply, arrivedBefore);
    if (question !== null) void this.#answer(frame.transfer, question, reply);
  }

  /**
   * Says how much has arrived: now and then; at the first frame, for which one who asks again waits; and where a frame brings nothing
   * new, since then the sender does not know.
   */
  #acknowledge(frame: Frame, reply: string, arrivedBefore: number): void {
    if (frame.count === 1) return;
    const arrived = this.#options.receiver.arrivedBytes(frame);
    if (arrived === null) return;
    const due =
      frame.index === 0 ||
      arrived === arrivedBefore ||
      arrived === frame.bodyBytes ||
      Math.floor(arrived / acknowledgeEveryBytes) > Math.floor(arrivedBefore / acknowledgeEveryBytes);
    if (due) this.#options.acknowledge(reply, acknowledgement(frame.transfer, frame.bodyBytes, arrived));
  }

  async #answer(transfer: string, question: Question, reply: string): Promise<void> {
    const { handler, receiver, send, sendFault } = this.#options;
    try {
      const answer = await handler(question);
      if (answer !== null) send(reply, answer);
    } catch (error) {
      sendFault(reply, error instanceof Error ? error : new Error(String(error)));
    } finally {
      receiver.forget(transfer);
    }
  }
}

const acknowledgeEveryBytes = 2 * 1024 * 1024;
