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

/** An attacker, as far as it was heard. */
interface Helper {
  readonly request: AssistanceRequest;
  readonly reply: Promise<AssistanceReply>;
  readonly answer: (reply: AssistanceReply) => void;
  isWaiting: boolean;
  /** What it was given last, and when. */
  given?: { readonly step: number; readonly shard: number; readonly at: number };
  /** From when it was given a shard to when it had returned it. */
  tookMs?: number;
  /** It could not gather what the attacks of this step read. */
  passes?: number;
  /** It has returned what cannot be used. */
  isShunned?: boolean;
}

/**
 * Where a trainer that advances hands out its shards' attacks. Whoever comes first takes a shard: attackers from the last one down, the
 * trainer whole from the first one up; so nobody stands idle, and it makes no difference to the bits. What an attacker does not
 * return in time the trainer computes itself: it depends on nobody. And an attacker too slow to be of use is given nothing.
 */
export class AssistanceDesk {
  readonly #term: number;
  readonly #shards: number;
  /** Whose attackers are answered; null: none. */
  #span: { readonly step: number; readonly rollbacks: number; isOver: boolean } | null = null;
  #step = -1;
  /** Shards of the step that nobody has taken. */
  #free: number[] = [];
  /** Those that attackers have taken, the earliest first, and who has. */
  readonly #taken = new Map<number, string>();
  #made: Required<NextShard>[] = [];
  readonly #helpers = new Map<string, Helper>();
  /** What a shard takes its trainer that nobody attacked. */
  #wholeMs = 0;
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
    // Its next attacks may be faster.
    for (const helper of this.#helpers.values()) if (this.#isTooSlow(helper)) helper.tookMs! /= 2;
    this.#serveAll();
  }

  /** The span is done, and nothing more is to be attacked in it. */
  end(): void {
    if (this.#span) this.#span.isOver = true;
    this.#free = [];
    this.#serveAll();
  }

  /** Its trainer gives the span up, which another may be leased: attackers are told nothing. */
  abandon(): void {
    this.#span = null;
    this.#free = [];
    this.#onMade();
  }

  /**
   * What its trainer computes next; null when each shard of the step was told. Waits for attackers where nothing else is left to do, but
   * for none longer than it takes to do without it.
   * @param wholeMs What a shard took last that nobody had attacked
   */
  async next(wholeMs: number): Promise<NextShard | null> {
    this.#wholeMs = wholeMs;
    for (;;) {
      const made = this.#made.shift();
      if (made) return made;
      const shard = this.#free.shift();
      if (shard !== undefined) return { shard };
      const [oldest] = this.#taken;
      if (!oldest) return null;
      const [late, workerId] = oldest;
      if (await this.#madeWithin(Math.min(wholeMs, this.#expectedInMs(workerId)))) continue;
      this.#taken.delete(late);
      return { shard: late };
    }
  }

  /** Examples that were given cannot be used: their shard is to be had again, and their maker is given no more. */
  refuse({ shard, given }: Required<NextShard>): void {
    const helper = this.#helpers.get(given.workerId);
    if (helper) helper.isShunned = true;
    this.#putBack(shard);
  }

  /** An attacker's question; null where it has asked another since. */
  ask(request: AssistanceRequest): Promise<AssistanceReply> | null {
    const { workerId, ask } = request;
    const before = this.#helpers.get(workerId);
    if (before && ask <= before.request.ask) return ask === before.request.ask ? before.reply : null;
    let answer: Helper['answer'] = () => {};
    const reply = new Promise<AssistanceReply>((resolve) => {
      answer = resolve;
    });
    const helper: Helper = { ...before, request, reply, answer, isWaiting: true };
    this.#remember(workerId, helper);
    this.#takeBackFrom(workerId, helper);
    this.#serve(helper);
    return reply;
  }

  /** An attacker's examples: those of a shard that is no longer its own are expected, and dropped. */
  accept({ workerId, term, step, rollbacks = 0, shard, adversarial }: AssistanceResult): WorkReceipt {
    const helper = this.#helpers.get(workerId);
    const given = helper?.given;
    if (given?.step === step && given.shard === shard) helper!.tookMs = performance.now() - given.at;
    const isOwn = this.#taken.get(shard) === workerId;
    if (term !== this.#term || rollbacks !== this.#span?.rollbacks || step !== this.#step || !isOwn) return 'stale';
    this.#taken.delete(shard);
    this.#made.push({ shard, given: { workerId, adversarial } });
    this.#onMade();
    return 'accepted';
  }

  /** Anyone may ask under any name: of more than there are attackers, those that were heard least lately are forgotten. */
  #remember(workerId: string, helper: Helper): void {
    this.#helpers.delete(workerId);
    this.#helpers.set(workerId, helper);
    if (this.#helpers.size > mostHelpers) this.#helpers.delete(this.#helpers.keys().next().value!);
  }

  #serveAll(): void {
    for (const helper of this.#helpers.values()) this.#serve(helper);
  }

  #serve(helper: Helper): void {
    const reply = helper.isWaiting ? this.#replyTo(helper) : null;
    if (!reply) return;
    helper.isWaiting = false;
    helper.answer(reply);
  }

  /** null: there may be something for it later. */
  #replyTo(helper: Helper): AssistanceReply | null {
    const { workerId, term, step, rollbacks = 0 } = helper.request;
    const span = this.#span;
    if (!span || term !== this.#term || rollbacks > span.rollbacks) return null;
    if (rollbacks < span.rollbacks || step < span.step || helper.isShunned) return { kind: 'over' };
    if (step > span.step) return null;
    if (span.isOver) return { kind: 'over' };
    if (helper.passes === this.#step || this.#isTooSlow(helper)) return null;
    const shard = this.#free.pop();
    if (shard === undefined) return null;
    this.#taken.set(shard, workerId);
    helper.given = { step: this.#step, shard, at: performance.now() };
    return { kind: 'shard', step: this.#step, shard };
  }

  /** In the time that it takes, the trainer does all that is left. */
  #isTooSlow({ tookMs = 0 }: Helper): boolean {
    return tookMs > this.#free.length * this.#wholeMs && this.#wholeMs > 0 && this.#free.length > 0;
  }

  #expectedInMs(workerId: string): number {
    const { given, tookMs = 0 } = this.#helpers.get(workerId) ?? {};
    if (!given) return 0;
    return given.at + Math.max(2 * this.#wholeMs, 1.5 * tookMs) - performance.now();
  }

  /** Whoever asks anew has done with what it had: it could not gather what that reads. */
  #takeBackFrom(workerId: string, helper: Helper): void {
    for (const [shard, holder] of this.#taken) {
      if (holder !== workerId) continue;
      this.#taken.delete(shard);
      helper.passes = this.#step;
      this.#putBack(shard);
    }
  }

  #putBack(shard: number): void {
    this.#free.push(shard);
    this.#serveAll();
    this.#onMade();
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

const mostHelpers = 1_000;
