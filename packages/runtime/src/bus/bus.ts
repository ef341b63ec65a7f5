import type { RefusalReason, Service, Subject } from '@sparring/protocol';

export type Stop = () => void;

/** What a receiver takes at most. Messages beyond it are refused before anything is allocated for them. */
export interface Limits {
  /** Bytes of tensors in one message; default 0. The in-process bus, which copies nothing, does not count them. */
  readonly maxBodyBytes?: number;
}

export interface RequestOptions extends Limits {
  /** Aborted: the answer is not waited for any longer. */
  readonly signal?: AbortSignal;
  /** Give up after this long; without it, the answer is waited for as long as it takes. */
  readonly timeoutMs?: number;
  /**
   * Called when all of the question is on its way. What is asked from then on arrives after it, unless the connection is lost meanwhile:
   * then both are asked again, in whatever order.
   */
  readonly onSent?: () => void;
}

/** How roles talk: messages on subjects, questions to services. They do not know what carries them. */
export interface Bus {
  /** Messages that were dropped, by reason. */
  readonly refused: Readonly<Record<string, number>>;
  /** Counts a message that a receiver dropped after it was decoded. */
  refuse(reason: RefusalReason, detail: string): void;
  /** Sends a message to all subscribers; nobody need be there. */
  publish<Message>(subject: Subject<Message>, message: Message): void;
  subscribe<Message>(subject: Subject<Message>, handler: (message: Message) => void, limits?: Limits): Stop;
  /**
   * Asks a service. Where a network lies between, the question may arrive twice: services answer a repeated question as they
   * answered the first.
   * @throws NoResponders when nobody serves the subject; ServiceFault where the service fails, or does not take the question;
   * RequestTimeout; the signal's reason
   */
  request<Question, Answer>(
    service: Service<Question, Answer>,
    question: Question,
    options?: RequestOptions,
  ): Promise<Answer>;
  serve<Question, Answer>(
    service: Service<Question, Answer>,
    /** Answers; `null` leaves the question unanswered. */
    handler: (question: Question) => Answer | null | Promise<Answer | null>,
    limits?: Limits,
  ): Stop;
}

export class NoResponders extends Error {
  override readonly name = 'NoResponders';

  constructor(subject: string) {
    super(`nobody answers on ${subject}`);
  }
}

export class RequestTimeout extends Error {
  override readonly name = 'RequestTimeout';

  constructor(subject: string, ms: number) {
    super(`no answer on ${subject} within ${ms} ms`);
  }
}
