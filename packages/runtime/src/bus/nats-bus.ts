import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Msg } from '@nats-io/transport-node';
import { type Codec, decodeFrame, Malformed, type RefusalReason, type Service, type Subject } from '@sparring/protocol';
import { answerWithin } from './answer-within.js';
import type { Bus, Limits, RequestOptions, Stop } from './bus.js';
import type { BusEvent } from './bus-event.js';
import { Cut } from './frames.js';
import type { NatsOptions } from './nats-connection.js';
import { NatsLink } from './nats-link.js';
import { Outbound } from './outbound.js';
import { PendingRequests } from './pending-requests.js';
import { Receiver } from './receiver.js';
import { Refusals } from './refusals.js';
import { PreparedMessage } from './sending.js';
import { Serving } from './serving.js';
import { type Traffic, TrafficCounter } from './traffic.js';

export interface NatsBusOptions extends NatsOptions {
  /** A question is asked again when nothing was heard for so long; default 5 s. */
  readonly retryMs?: number;
}

/**
 * The bus of roles that a network lies between: messages travel through NATS, in frames that the server takes.
 *
 * What a process publishes and answers arrives in the order in which it did so; subscribers may miss what is published while they,
 * or the publisher, have no connection. Arrays of what is published or answered may be changed at once; those of a question, when it
 * is answered.
 */
export class NatsBus implements Bus {
  /** The connection, for others that share it. */
  readonly link: NatsLink;
  readonly #onEvent: (event: BusEvent) => void;
  readonly #refusals: Refusals;
  readonly #counter = new TrafficCounter();
  readonly #outbound: Outbound;
  readonly #requests: PendingRequests;

  /** @throws where the broker refuses this process, or is not waited for and cannot be reached */
  static async connect({ onEvent = () => {}, ...options }: NatsBusOptions): Promise<NatsBus> {
    const tell = (event: BusEvent) => {
      try {
        onEvent(event);
      } catch (error) {
        // Thrown on, it would end the connection.
        process.emitWarning(String(error));
      }
    };
    return new NatsBus(await NatsLink.open({ ...options, onEvent: tell }), options, tell);
  }

  private constructor(link: NatsLink, options: NatsBusOptions, onEvent: (event: BusEvent) => void) {
    const { inboxPrefix = '_INBOX', retryMs = 5_000 } = options;
    this.link = link;
    this.#onEvent = onEvent;
    this.#refusals = new Refusals((refusal) => onEvent({ kind: 'refused', ...refusal }));
    this.#outbound = new Outbound(link.connection, (error) => onEvent({ kind: 'error', error }));
    const inbox = `${inboxPrefix}.${randomBytes(12).toString('base64url')}`;
    const maxBytesPerFrame = () => this.#maxBytesPerFrame;
    this.#requests = new PendingRequests(inbox, { outbound: this.#outbound, maxBytesPerFrame, retryMs });
    this.#hear(`${inbox}.*`, (message) => {
      if (saysNobody(message)) this.#requests.hearNobody(message.subject);
      else this.#requests.hear(message.subject, message.data);
    });
    link.changes.on('lost', () => this.#outbound.close());
    link.changes.on('back', () => {
      this.#outbound.open = true;
      this.#requests.askAgain();
    });
    link.changes.on('refused', (subject) => {
      this.#requests.fail(subject, new Error(`the NATS server does not let this process publish on ${subject}`));
    });
  }

  get connected(): boolean {
    return this.link.connected;
  }

  get refused(): Readonly<Record<string, number>> {
    return this.#refusals.counts;
  }

  /** What has gone over the wire, by `<entity>.<action>` of its subject; answers count to their questions. */
  get traffic(): Readonly<Record<string, Readonly<Traffic>>> {
    return this.#counter.kinds;
  }

  /** Memory of the messages that wait until the broker takes them. */
  get heldBytes(): number {
    return this.#outbound.heldBytes;
  }

  /** Questions that wait for their answers. */
  get pendingRequests(): number {
    return this.#requests.size;
  }

  refuse(reason: RefusalReason, detail: string): void {
    this.#refusals.count(reason, detail);
  }

  publish<Message>(subject: Subject<Message>, message: Message): void {
    this.#send(subject.name, subject.codec, message, this.#counter.of(subject.name));
  }

  subscribe<Message>(subject: Subject<Message>, handler: (message: Message) => void, limits: Limits = {}): Stop {
    const traffic = this.#counter.of(subject.name);
    const receiver = this.#receiver(subject.codec, traffic, limits);
    const stop = this.#hear(subject.name, ({ data }) => {
      traffic.receivedBytes += data.length;
      const message = receiver.receive(decodeFrame(data));
      if (message !== null) handler(message);
    });
    return () => {
      stop();
      receiver.close();
    };
  }

  async request<Question, Answer>(
    service: Service<Question, Answer>,
    question: Question,
    options: RequestOptions = {},
  ): Promise<Answer> {
    options.signal?.throwIfAborted();
    const { name: subject } = service;
    const traffic = this.#counter.of(subject);
    const receiver = this.#receiver(service.answer, traffic, options, maxAnswersAtOnce);
    const { onSent = () => {} } = options;
    const asked = { subject, question: service.question.encode(question), receiver, traffic, onSent };
    return this.#requests.ask(asked, (answer) => answerWithin(answer, subject, options));
  }

  serve<Question, Answer>(
    service: Service<Question, Answer>,
    handler: (question: Question) => Answer | null | Promise<Answer | null>,
    limits: Limits = {},
  ): Stop {
    const traffic = this.#counter.of(service.name);
    const receiver = this.#receiver(service.question, traffic, limits);
    const serving = new Serving<Question, Answer>({
      handler,
      receiver,
      send: (subject, answer) => this.#send(subject, service.answer, answer, traffic),
      sendFault: (subject, frame) => this.#outbound.offer(new PreparedMessage(subject, [frame], traffic)),
      onFailed: (error) => this.#onEvent({ kind: 'handler-failed', subject: service.name, error }),
      acknowledge: (subject, frame) => this.#outbound.handAtOnce(subject, frame, traffic),
    });
    const stop = this.#hear(service.name, ({ data, reply }) => {
      traffic.receivedBytes += data.length;
      serving.hear(data, reply);
    });
    return () => {
      stop();
      receiver.close();
    };
  }

  /** Resolves when the broker has taken all that was sent, and this process what the broker had for it. */
  async flush(): Promise<void> {
    await this.#outbound.idle();
    await this.link.connection.flush();
  }

  /** Sends what was published and answered, for 2 s at most, and closes. What still waits for an answer fails with BusClosed. */
  async close(): Promise<void> {
    this.#requests.close();
    const limit = new AbortController();
    await Promise.race([this.#outbound.idle(), delay(maxClosingMs, undefined, { signal: limit.signal, ref: false })]);
    limit.abort();
    await this.link.close(maxClosingMs);
    this.#outbound.close();
  }

  #send<Message>(subject: string, codec: Codec<Message>, message: Message, traffic: Traffic): void {
    if (!this.#outbound.open) return;
    const cut = new Cut(codec.encode(message), this.#maxBytesPerFrame);
    if (this.#outbound.heldBytes + cut.bodyBytes > maxHeldBytes) {
      this.#onEvent({ kind: 'overrun', subject, heldBytes: this.#outbound.heldBytes });
      return;
    }
    this.#outbound.offer(new PreparedMessage(subject, cut.frames(), traffic));
  }

  /** Nothing that arrives may throw into the connection, which would end. */
  #hear(subject: string, take: (message: Msg) => void): Stop {
    const callback = (refused: Error | null, message: Msg) => {
      // Of a subject that is not permitted, the link tells.
      if (refused) return;
      try {
        take(message);
      } catch (error) {
        if (error instanceof Malformed) this.refuse(error.reason, `${error.message} (${subject})`);
        else this.#onEvent({ kind: 'handler-failed', subject, error: error as Error });
      }
    };
    const subscription = this.link.connection.subscribe(subject, { callback });
    return () => subscription.unsubscribe();
  }

  #receiver<Message>(codec: Codec<Message>, traffic: Traffic, { maxBodyBytes = 0 }: Limits, maxOpen = 64) {
    const onRefused = (reason: RefusalReason, detail: string) => this.refuse(reason, detail);
    return new Receiver(codec, traffic, { maxBodyBytes, maxOpen, onRefused });
  }

  get #maxBytesPerFrame(): number {
    return this.link.maxPayloadBytes - maxEnvelopeBytes;
  }
}

/** Whether the broker says that nobody serves what was asked with this inbox. */
function saysNobody({ data, headers }: Msg): boolean {
  return data.length === 0 && headers?.code === 503;
}

/** A frame's fields but for head and data. */
const maxEnvelopeBytes = 256;
/** Several processes may answer the same question: the first has won. */
const maxAnswersAtOnce = 4;
/** What is published or answered faster than the broker takes it is held up to here, and dropped beyond. */
const maxHeldBytes = 256 * 1024 * 1024;
const maxClosingMs = 2_000;
