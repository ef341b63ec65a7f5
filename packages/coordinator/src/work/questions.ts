import type { Lease, Role, WorkReply } from '@sparring/protocol';

/** A worker that has asked for work and has none yet. */
export interface Waiting {
  readonly workerId: string;
  readonly role: Role;
  /** null: it has asked again meanwhile. */
  readonly answer: (reply: WorkReply | null) => void;
}

interface Question {
  readonly ask: number;
  /** What it was answered, where it was. */
  lease: Lease | undefined;
}

const none: Question = { ask: 0, lease: undefined };

/** The last question of each worker, by the number that the worker gave it, and who waits for an answer. */
export class Questions {
  readonly #last = new Map<string, Question>();
  #waiting: Waiting[] = [];

  /** Number 0 where the worker has not asked yet. */
  last(workerId: string): Question {
    return this.#last.get(workerId) ?? none;
  }

  get waiting(): readonly Waiting[] {
    return this.#waiting;
  }

  /** The worker waits from now on, and no longer for an answer to what it asked before. */
  put(workerId: string, role: Role, ask: number): Promise<WorkReply | null> {
    this.#dismiss(workerId, null);
    this.#last.set(workerId, { ask, lease: undefined });
    return new Promise((answer) => this.#waiting.push({ workerId, role, answer }));
  }

  grant(waiting: Waiting, lease: Lease): void {
    this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
    this.#last.get(waiting.workerId)!.lease = lease;
    waiting.answer({ kind: 'lease', lease });
  }

  /** The worker is gone. */
  forget(workerId: string): void {
    this.#dismiss(workerId, { kind: 'leave' });
    this.#last.delete(workerId);
  }

  /** Sends home whoever waits. */
  dismissAll(): void {
    for (const { answer } of this.#waiting.splice(0)) answer({ kind: 'leave' });
  }

  #dismiss(workerId: string, reply: WorkReply | null): void {
    for (const { answer } of this.#waiting.filter((waiting) => waiting.workerId === workerId)) answer(reply);
    this.#waiting = this.#waiting.filter((waiting) => waiting.workerId !== workerId);
  }
}
