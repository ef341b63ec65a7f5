import type { Service, Subject } from '@sparring/protocol';
import { type Bus, NoResponders, type Stop } from './bus.js';

type Handler = (message: unknown) => unknown;

/** The bus of roles that share a process: messages are passed as they are, without encoding or copying. */
export class InProcessBus implements Bus {
  readonly #subscribers = new Map<string, Set<Handler>>();
  readonly #services = new Map<string, Handler>();

  publish<Message>(subject: Subject<Message>, message: Message): void {
    for (const handler of this.#subscribers.get(subject.name) ?? []) queueMicrotask(() => handler(message));
  }

  subscribe<Message>(subject: Subject<Message>, handler: (message: Message) => void): Stop {
    const handlers = this.#subscribers.get(subject.name) ?? new Set();
    this.#subscribers.set(subject.name, handlers.add(handler as Handler));
    return () => handlers.delete(handler as Handler);
  }

  async request<Question, Answer>(service: Service<Question, Answer>, question: Question): Promise<Answer> {
    const handler = this.#services.get(service.name);
    if (!handler) throw new NoResponders(service.name);
    return (await handler(question)) as Answer;
  }

  serve<Question, Answer>(
    service: Service<Question, Answer>,
    handler: (question: Question) => Answer | Promise<Answer>,
  ): Stop {
    this.#services.set(service.name, handler as Handler);
    return () => {
      if (this.#services.get(service.name) === handler) this.#services.delete(service.name);
    };
  }
}
