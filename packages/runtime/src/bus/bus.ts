import type { Service, Subject } from '@sparring/protocol';

export type Stop = () => void;

/** How roles talk: messages on subjects, questions to services. They do not know what carries them. */
export interface Bus {
  /** Sends a message to all subscribers; nobody need be there. */
  publish<Message>(subject: Subject<Message>, message: Message): void;
  subscribe<Message>(subject: Subject<Message>, handler: (message: Message) => void): Stop;
  /** @throws NoResponders when nobody serves the subject. */
  request<Question, Answer>(service: Service<Question, Answer>, question: Question): Promise<Answer>;
  serve<Question, Answer>(
    service: Service<Question, Answer>,
    handler: (question: Question) => Answer | Promise<Answer>,
  ): Stop;
}

export class NoResponders extends Error {
  override readonly name = 'NoResponders';

  constructor(subject: string) {
    super(`nobody answers on ${subject}`);
  }
}
