import { randomUUID } from 'node:crypto';
import { decodeFrame } from '@sparring/protocol';
import { type BrokerRole, inboxPrefix, type NatsBus } from '@sparring/runtime';
import { fateOf } from './fate.ts';
import type { Target } from './targets.ts';

/** What was sent by one role, past all that a bus would check, and what must have become of it. */
export class Barrage {
  sent = 0;
  /** By reason; `stale` among results that came too late. */
  readonly counted: Record<string, number> = {};
  /** Questions that must be answered, answers that came, and those that were a service's failure. */
  readonly answers = { due: 0, come: 0, faults: [] as string[] };
  readonly #bus: NatsBus;
  /** What the subjects begin with on which answers are to come. */
  readonly inbox: string;

  constructor(role: BrokerRole, bus: NatsBus) {
    this.#bus = bus;
    this.inbox = `${inboxPrefix(role)}.${randomUUID()}`;
    bus.link.connection.subscribe(`${this.inbox}.>`, {
      callback: (_, { data }) => {
        const { fault, index } = decodeFrame(data);
        // So many of the questions that are refused are told why, and no more.
        if (fault.startsWith('the question is refused: ')) return;
        if (fault) this.answers.faults.push(fault);
        if (index === 0) this.answers.come += 1;
      },
    });
  }

  /** Sends bytes whose fate is certain. */
  fire(target: Target, bytes: Uint8Array, reply = this.replyTo(target)): void {
    const fate = fateOf(bytes, reply, target);
    if (fate === 'skip') return;
    this.publish(target.name, bytes, reply);
    if (fate.counted !== null) this.counted[fate.counted] = (this.counted[fate.counted] ?? 0) + 1;
    if (fate.isAnswered) this.answers.due += 1;
  }

  /** Sends what nobody can tell the fate of. */
  publish(name: string, bytes: Uint8Array, reply?: string): void {
    this.#bus.link.connection.publish(name, bytes, reply ? { reply } : {});
    this.sent += 1;
  }

  /** Nearly always an inbox of its own. */
  replyTo({ isService, name }: Target): string | undefined {
    if (!isService || this.sent % 50 === 0) return undefined;
    return this.sent % 50 === 1 ? name : `${this.inbox}.${this.sent}`;
  }

  /** Resolves when the broker has all of it. */
  flush(): Promise<void> {
    return this.#bus.link.connection.flush();
  }
}
