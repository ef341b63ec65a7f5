import type {
  AdvanceTask,
  AdversarialBatch,
  AssistanceReply,
  AssistanceRequest,
  AssistanceResult,
  WorkReceipt,
} from '@sparring/protocol';

/** A shard that its trainer computes next: on given examples, or whole. */
export interface NextShard {
  readonly shard: number;
  readonly given?: { readonly workerId: string; readonly adversarial: AdversarialBatch };
}

interface Asked {
  readonly request: AssistanceRequest;
  readonly reply: Promise<AssistanceReply>;
  readonly answer: (reply: AssistanceReply) => void;
}

/**
 * Where a trainer that advances hands out its shards' attacks. Whoever comes first takes a shard: attackers from the last one down, the
 * trainer whole from the first one up; so nobody stands idle, and it makes no difference to the bits. What an attacker does not
 * return in time the trainer computes itself: it depends on nobody.
 */
export class AssistanceDesk {
  readonly #term: number;
  readonly #shards: number;
  /** The one whose attackers are answered; null before the first. */
  #span: { readonly step: number; readonly rollbacks: number; isOver: boolean } | null = null;
  #step = -1;
  /** Shards of the step that nobody has taken. */
  #free: number[] = [];
  /** Those that attackers have taken. */
  readonly #taken = new Map<number, { readonly workerId: string; readonly at: number }>();
  #made: Required<NextShard>[] = [];
  readonly #asked = new Map<string, Asked>();
  readonly #waiting = new Set<string>();
  /** Who has returned what cannot be used. */
  readonly #shunned = new Set<string>();
  /** Who could not gather what the present step's attacks read. */
  readonly #passing = new Set<string>();
  #onMade = () => {};

  constructor(term: number, shards: number) {
    this.#term = term;
    this.#shards = shards;
  }

  begin({ step, rollbacks = 0 }: AdvanceTask): void {
    this.#span = { step, rollbacks, isOver: false };
  }

  /** All shards of the next step are to be had. */
  open(step: number): void {
    this.#step = step;
    this.#free = Array.from({ length: this.#shards }, (_, shard) => shard);
    this.#taken.clear();
    this.#made = [];
    this.#passing.clear();
    for (const workerId of [...this.#waiting]) this.#serve(workerId);
  }

  /** The span is over for everybody. */
  end(): void {
    if (this.#span) this.#span.isOver = true;
    this.#free = [];
    for (const workerId of [...this.#waiting]) this.#serve(workerId);
  }

  /**
   * What its trainer computes next; null when each shard of the step was told. Waits for attackers where nothing else is left to do, each
   * no longer than `patienceMs` after it took its shard.
   */
  async next(patienceMs: number): Promise<NextShard | null> {
    for (;;) {
      const made = this.#made.shift();
      if (made) return made;
      const shard = this.#free.shift();
      if (shard !== undefined) return { shard };
      const [oldest] = this.#taken;
      if (!oldest) return null;
      const [late, { at }] = oldest;
      if (await this.#madeWithin(at + patienceMs - performance.now())) continue;
      this.#taken.delete(late);
      return { shard: late };
    }
  }

  /** Examples that were given cannot be used: their shard is the trainer's, and their maker is given no more. */
  refuse({ shard, given }: Required<NextShard>): void {
    this.#shunned.add(given.workerId);
    this.#free.unshift(shard);
  }

  /** An attacker's question; null where it has asked another since. */
  ask(request: AssistanceRequest): Promise<AssistanceReply> | null {
    const { workerId, ask } = request;
    const before = this.#asked.get(workerId);
    if (before && ask <= before.request.ask) return ask === before.request.ask ? before.reply : null;
    let answer: Asked['answer'] = () => {};
    const reply = new Promise<AssistanceReply>((resolve) => {
      answer = resolve;
    });
    this.#remember(workerId, { request, reply, answer });
    this.#takeBackFrom(workerId);
    this.#waiting.add(workerId);
    this.#serve(workerId);
    return reply;
  }

  /** An attacker's examples: those of a shard that is no longer its own are expected, and dropped. */
  accept({ workerId, term, step, rollbacks = 0, shard, adversarial }: AssistanceResult): WorkReceipt {
    const isOwn = this.#taken.get(shard)?.workerId === workerId;
    if (term !== this.#term || rollbacks !== this.#span?.rollbacks || step !== this.#step || !isOwn) return 'stale';
    this.#taken.delete(shard);
    this.#made.push({ shard, given: { workerId, adversarial } });
    this.#onMade();
    return 'accepted';
  }

  /** Anyone may ask under any name: of more than there are attackers, the oldest are forgotten. */
  #remember(workerId: string, asked: Asked): void {
    this.#asked.set(workerId, asked);
    if (this.#asked.size <= mostAttackers) return;
    const oldest = this.#asked.keys().next().value!;
    this.#asked.delete(oldest);
    this.#waiting.delete(oldest);
  }

  #serve(workerId: string): void {
    const { request, answer } = this.#asked.get(workerId)!;
    const reply = this.#replyTo(request);
    if (!reply) return;
    this.#waiting.delete(workerId);
    answer(reply);
  }

  /** null: there may be something for it later. */
  #replyTo({ workerId, term, step, rollbacks = 0 }: AssistanceRequest): AssistanceReply | null {
    if (term !== this.#term || this.#shunned.has(workerId)) return { kind: 'over' };
    const span = this.#span;
    if (!span || rollbacks > span.rollbacks) return null;
    if (rollbacks < span.rollbacks || step < span.step) return { kind: 'over' };
    if (step > span.step) return null;
    if (span.isOver) return { kind: 'over' };
    const shard = this.#passing.has(workerId) ? undefined : this.#free.pop();
    if (shard === undefined) return null;
    this.#taken.set(shard, { workerId, at: performance.now() });
    return { kind: 'shard', step: this.#step, shard };
  }

  /** Whoever asks anew has done with what it had: it could not gather what that reads. */
  #takeBackFrom(workerId: string): void {
    for (const [shard, taken] of this.#taken) {
      if (taken.workerId !== workerId) continue;
      this.#taken.delete(shard);
      this.#free.push(shard);
      this.#passing.add(workerId);
      this.#onMade();
    }
  }

  #madeWithin(ms: number): Promise<boolean> {
    if (ms <= 0) return Promise.resolve(false);
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), ms);
      this.#onMade = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }
}

const mostAttackers = 1_000;
