import { decodeFrame, type Frame, Malformed, type RefusalReason } from '@sparring/protocol';
import { isInbox } from '../broker/roles.js';
import { acknowledgement, faultFrame } from './frames.js';
import type { Receiver } from './receiver.js';
import { sparingly } from './sparingly.js';
import { checkShare } from './transfer.js';

export interface ServingOptions<Question, Answer> {
  readonly handler: (question: Question) => Answer | null | Promise<Answer | null>;
  readonly receiver: Receiver<Question>;
  readonly send: (subject: string, answer: Answer) => void;
  readonly sendFault: (subject: string, frame: Uint8Array) => void;
  readonly onFailed: (error: Error) => void;
  readonly acknowledge: (subject: string, frame: Uint8Array) => void;
}

/**
 * Answers the questions that arrive on a service's subject. A question that is asked again while it is being answered is not asked
 * of the handler again; one that is asked again later is. One that would be refused however often it were asked is answered with the
 * reason; what was damaged on its way, or has no room now, is dropped: it is asked again.
 */
export class Serving<Question, Answer> {
  readonly #options: ServingOptions<Question, Answer>;
  readonly #refuse: (refused: { readonly reply: string; readonly transfer: string; readonly why: Malformed }) => void;

  constructor(options: ServingOptions<Question, Answer>) {
    this.#options = options;
    this.#refuse = sparingly(({ reply, transfer, why }) => {
      const words = `the question is refused: ${why.message}`.slice(0, longestRefusal);
      options.sendFault(reply, faultFrame(words, transfer));
    }, mostRefusalsASecond);
  }

  /** @throws Malformed */
  hear(bytes: Uint8Array, reply: string | undefined): void {
    const { receiver } = this.#options;
    const frame = decodeFrame(bytes);
    checkShare(frame);
    if (!reply || !isInbox(reply))
      throw new Malformed('invalid', `a question whose answer is to go to ${reply || 'nobody'}`);
    const arrivedBefore = receiver.arrivedBytes(frame) ?? 0;
    const question = this.#receive(frame, reply);
    this.#acknowledge(frame, reply, arrivedBefore);
    if (question !== null) void this.#answer(frame.transfer, question, reply);
  }

  /** @throws Malformed; whoever asked was told why, where it is the question's own fault */
  #receive(frame: Frame, reply: string): Question | null {
    try {
      return this.#options.receiver.receive(frame);
    } catch (error) {
      if (error instanceof Malformed && !passing.has(error.reason))
        this.#refuse({ reply, transfer: frame.transfer, why: error });
      throw error;
    }
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
    const { handler, receiver, send, sendFault, onFailed } = this.#options;
    try {
      const answer = await handler(question);
      if (answer !== null) send(reply, answer);
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      sendFault(reply, faultFrame(error.message, transfer));
      onFailed(error);
    } finally {
      receiver.forget(transfer);
    }
  }
}

const acknowledgeEveryBytes = 2 * 1024 * 1024;
/** The same question may arrive in order another time. */
const passing: ReadonlySet<RefusalReason> = new Set(['corrupt', 'incomplete', 'crowded']);
/** Of a service. Anyone may ask nonsense at any rate, in any inbox's name: answers to it must stay few and small. */
const mostRefusalsASecond = 20;
/** In characters. */
const longestRefusal = 500;
