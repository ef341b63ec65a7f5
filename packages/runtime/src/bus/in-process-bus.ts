import type { RefusalReason, Service, Subject } from '@sparring/protocol';
import { answerWithin } from './answer-within.js';
import { type Bus, NoResponders, type RequestOptions, type Stop } from './bus.js';
import { type Refusal, Refusals } from './refusals.js';

type Handler = (message: unknown) => unknown;

/** The bus of roles that share a process: messages are passed as they are, without encoding or copying. */
export class InProcessBus implements Bus {
  readonly #subscribers = new Map<string, Set<Handler>>();
  readonly #services = new Map<string, Handler>();
  readonly #refusals: Refusals;

  constructor(onRefused?: (refusal: Refusal) => void) {
    this.#refusals = new Refusals(onRefused);
  }

  get refused(): Readonly<Record<string, number>> {
    return this.#refusals.counts;
  }

  refuse(reason: RefusalReason, detail: string): void {
    this.#refusals.count(reason, detail);
  }

  publish<Message>(subject: Subject<Message>, message: Message): void {
    for (const handler of this.#subscribers.get(subject.name) ?? []) queueMicrotask(() => handler(message));
  }

  subscribe<Message>(subject: Subject<Message>, handler: (message: Message) => void): Stop {
    const handlers = this.#subscribers.get(subject.name) ?? new Set();
    this.#subscribers.set(subject.name, handlers.add(handler as Handler));
    return () => handlers.delete(handler as Handler);
  }

  async request<Question, Answer>(
    service: Service<Question, Answer>,
    question: Question,
    options: RequestOptions = {},
  ): Promise<Answer> {
    const handler = this.#services.get(service.name);
    if (!handler) throw new NoResponders(service.name);
    const answer = ask(handler, question);
    options.onSent?.();
    return answerWithin(answer, service.name, options) as Promise<Answer>;
  }

  serve<Question, Answer>(
    service: Service<Question, Answer>,
    handler: (question: Question) => Answer | null | Promise<Answer | null>,
  ): Stop {
    this.#services.set(service.name, handler as Handler);
    return () => {
      if (this.#services.get(service.name) === handler) this.#services.delete(service.name);
    };
  }
}

async function ask(handler: Handler, question: unknown): Promise<unknown> {
  const answer = await handler(question);
  return answer === null ? new Promise(() => {}) : answer;
}
