import type {
  AdversarialBatch,
  Lease,
  Output,
  OutputOf,
  Role,
  Task,
  WorkReceipt,
  WorkReply,
  WorkRequest,
  WorkResult,
} from '@sparring/protocol';
import type { Membership } from '../members/membership.js';
import type { Inspect, OutputFault } from './inspection.js';
import { type Job, nameOf, type Result } from './job.js';
import { LeaseDurations } from './lease-durations.js';
import { type HeldLease, LeaseTable } from './lease-table.js';
import { LeaseWatch } from './lease-watch.js';
import { Matchmaker } from './matchmaker.js';
import type { Placement } from './preference.js';
import { Questions } from './questions.js';
import { Verdicts } from './verdicts.js';
import type { WorkLedger } from './work-ledger.js';

export interface WorkDeskOptions {
  readonly term: number;
  readonly placement: Placement;
  readonly membership: Membership;
  readonly ledger: WorkLedger;
  /** null where what workers return is trusted: they share the process. */
  readonly inspect: Inspect | null;
  readonly onRefused?: (workerId: string, fault: Pick<OutputFault, 'reason' | 'detail'>) => void;
  /** A worker that fails at tasks, or has its results refused, while others perform them. */
  readonly onFaultyWorker?: (workerId: string) => void;
  readonly durations?: LeaseDurations;
}

/** One entry for each task, lease and worker. */
export interface DeskDepths {
  readonly ready: readonly Task['kind'][];
  readonly held: readonly Task['kind'][];
  readonly waiting: readonly Role[];
}

/** A task that outlasts its lease this often fails the run: it is the task, not the worker. */
const maxExpiries = 6;
const leaseMarginMs = 500;

/**
 * Where work is handed out: `perform` lays down a task and resolves with its output, whoever computed it and however many
 * workers died or hung over it; workers `ask` for a lease and `accept` returns what they computed.
 */
export class WorkDesk {
  readonly #options: WorkDeskOptions;
  readonly #leases = new LeaseTable<Job>();
  readonly #durations: LeaseDurations;
  readonly #verdicts = new Verdicts();
  readonly #matchmaker: Matchmaker;
  readonly #watch: LeaseWatch<Job>;
  readonly #questions = new Questions();
  #ready: Job[] = [];
  #matching = false;
  #closed = false;

  constructor(options: WorkDeskOptions) {
    this.#options = options;
    this.#durations = options.durations ?? new LeaseDurations();
    this.#matchmaker = new Matchmaker(options.placement, options.membership);
    this.#watch = new LeaseWatch(this.#leases, (lease) => {
      options.ledger.leases.expired++;
      this.#ranOut(lease);
    });
  }

  /** @throws when the task's own computation failed, or outlasted its lease, time and again; Diverged */
  perform<T extends Task>(task: T, adversarial?: AdversarialBatch): Promise<OutputOf<T>> {
    return this.#lay(task, { adversarial }) as Promise<OutputOf<T>>;
  }

  /** Lays down two tasks of which one is needed: whoever asks first performs the one that suits it. @throws as `perform` */
  performEither<T extends Task, U extends Task>(task: T, instead: U): Promise<OutputOf<T> | OutputOf<U>> {
    return this.#lay(task, { instead }) as Promise<OutputOf<T> | OutputOf<U>>;
  }

  /**
   * Answers when there is a lease to give, or none to wait for any more; null where the worker has asked again meanwhile. A worker whose
   * questions someone else has overtaken is told to leave: under another id it is itself again.
   */
  async ask({ workerId, role, term, ask }: WorkRequest): Promise<WorkReply | null> {
    const member = this.#options.membership.get(workerId);
    if (this.#closed || term !== this.#options.term || member?.role !== role) return { kind: 'leave' };
    const last = this.#questions.last(workerId);
    if (ask < last.ask) return { kind: 'leave' };
    if (ask > last.ask + 1) {
      const detail = `question ${ask} of ${workerId}, before ${last.ask + 1}`;
      this.#options.onRefused?.(workerId, { reason: 'invalid', detail });
      return null;
    }
    if (ask === last.ask && last.lease && this.#leases.holds(last.lease.leaseId)) {
      return { kind: 'lease', lease: last.lease };
    }
    // Whoever asks anew holds nothing: an answer that was lost on the way must not keep its task.
    for (const { job } of this.#leases.takeHeldBy(workerId)) {
      this.#options.ledger.leases.returned++;
      this.#again(job, this.#verdicts.returned(job, workerId));
    }
    const answer = this.#questions.put(workerId, role, ask);
    this.#matchSoon();
    return answer;
  }

  accept({ leaseId, workerId, term, computeMs, waitMs, outcome }: WorkResult): WorkReceipt {
    const { ledger, membership, inspect } = this.#options;
    this.#watch.noticePause();
    const lease = term === this.#options.term ? this.#leases.settle(leaseId, workerId) : undefined;
    if (!lease) {
      const late = term === this.#options.term ? this.#leases.takeLate(leaseId, workerId) : undefined;
      if (late && outcome.kind === late.job.task.kind) this.#learn(late, computeMs, outcome);
      ledger.staleResults++;
      return 'stale';
    }
    const { job } = lease;
    if (outcome.kind === 'failure') {
      ledger.leases.failed++;
      this.#again(job, this.#verdicts.failed(job, workerId, outcome.message, this.#matchmaker.hasOthers(job)));
      return 'accepted';
    }
    const fault = inspect?.(job.task, outcome) ?? null;
    if (fault) {
      ledger.leases.refused++;
      this.#options.onRefused?.(workerId, fault);
      this.#again(job, this.#verdicts.refused(job, workerId, outcome, fault));
      return 'refused';
    }
    ledger.leases.performed++;
    const { tookMs, heldMs } = this.#learn(lease, computeMs, outcome);
    this.#matchmaker.performed(workerId, job.task);
    ledger.record(membership.get(workerId)!.role, job.task, tookMs, heldMs, waitMs);
    job.settle(outcome.output);
    for (const faulty of this.#verdicts.performed(job, workerId)) this.#options.onFaultyWorker?.(faulty);
    return 'accepted';
  }

  /** What lies here now: kinds of tasks that wait, or are leased, and roles of workers that wait. */
  get depths(): DeskDepths {
    return {
      ready: this.#ready.map(({ task }) => task.kind),
      held: this.#leases.all().map(({ job }) => job.task.kind),
      waiting: this.#questions.waiting.map(({ role }) => role),
    };
  }

  /** Takes back tasks; their promises stay open, unless whoever has been leased one performs it. */
  withdraw(matches: (task: Task) => boolean): void {
    this.#ready = this.#ready.filter(({ task }) => !matches(task));
    for (const { job } of this.#leases.all()) if (matches(job.task)) job.isWithdrawn = true;
  }

  /** Takes back one task that was laid down, unless it has been leased. Returns whether it did; its promise stays open then. */
  reclaim(task: Task): boolean {
    const at = this.#ready.findIndex((job) => job.task === task);
    if (at >= 0) this.#ready.splice(at, 1);
    return at >= 0;
  }

  /** A worker is gone: what it held is leased to the next. */
  release(workerId: string): void {
    this.#questions.forget(workerId);
    this.#matchmaker.forget(workerId);
    this.#durations.forget(workerId);
    this.#verdicts.forget(workerId);
    const now = performance.now();
    for (const lease of this.#leases.takeHeldBy(workerId)) {
      this.#options.ledger.leases.abandoned++;
      // A worker watches its lease too, and may give up a hung thread just before the lease ends here.
      if (lease.deadline - now < leaseMarginMs) this.#ranOut(lease);
      else this.#putBack(lease.job);
    }
    // Also where it held nothing: what only attackers may do becomes the trainers' when the last attacker is gone.
    this.#matchSoon();
  }

  /** Nobody can answer at the moment, and that is not the workers' fault: their leases are not to end now. */
  excuse(): void {
    this.#watch.excuse();
  }

  /** Who holds which task at the moment. */
  held(): { readonly workerId: string; readonly task: Task }[] {
    return this.#leases.all().map(({ workerId, job }) => ({ workerId, task: job.task }));
  }

  /** Sends every worker home. */
  close(): void {
    this.#closed = true;
    this.#watch.close();
    this.#questions.dismissAll();
  }

  #lay(task: Task, { adversarial, instead }: Pick<Partial<Job>, 'adversarial' | 'instead'>): Promise<Result> {
    return new Promise((settle, fail) => {
      this.#ready.push({ task, instead, adversarial, settle, fail, misses: [], expiries: 0, isWithdrawn: false });
      this.#matchSoon();
    });
  }

  /** A lease has ended without a result: the task is for the next, unless it fails the run. */
  #again(job: Job, error: Error | null): void {
    if (error) job.fail(error);
    else this.#putBack(job);
  }

  #putBack(job: Job): void {
    if (job.isWithdrawn) return;
    this.#options.ledger.releases++;
    this.#ready.unshift(job);
    this.#matchSoon();
  }

  /** Later leases last by how long this one was held, and by what its worker says, which is at most that. */
  #learn(
    { job, grantedAt }: HeldLease<Job>,
    computeMs: number,
    outcome: Output,
  ): { readonly tookMs: number; readonly heldMs: number } {
    const heldMs = performance.now() - grantedAt;
    const tookMs = Math.min(computeMs, heldMs);
    if (outcome.kind === 'assist') {
      // It goes on until the trainer has nothing more: how long one attack takes is what can be known of it.
      this.#durations.observe(job.task, tookMs / Math.max(1, outcome.output.attacks));
      return { tookMs, heldMs };
    }
    // How long it was held while nobody could answer says nothing.
    this.#durations.observe(job.task, tookMs, grantedAt > this.#watch.excusedAt ? heldMs : tookMs);
    return { tookMs, heldMs };
  }

  /** The next lease is twice as long: nobody knows how long a task takes that never ended. */
  #ranOut({ job, grantedAt, deadline }: HeldLease<Job>): void {
    // It is not laid down again; the next of its kind begins where it ended.
    if (job.isWithdrawn) this.#durations.outlasted(job.task, deadline - grantedAt);
    else if (++job.expiries < maxExpiries) this.#putBack(job);
    else job.fail(new Error(`${nameOf(job.task)}: no answer within ${maxExpiries} leases, each twice as long`));
  }

  /** Tasks laid down together are matched together, so that each goes to the worker that suits it best. */
  #matchSoon(): void {
    if (this.#matching) return;
    this.#matching = true;
    queueMicrotask(() => {
      this.#matching = false;
      this.#match();
    });
  }

  #match(): void {
    const next = () => this.#matchmaker.bestPair(this.#ready, this.#questions.waiting);
    for (let pair = next(); pair; pair = next()) {
      const { job, task, waiting } = pair;
      job.task = task;
      job.instead = undefined;
      this.#ready.splice(this.#ready.indexOf(job), 1);
      this.#questions.grant(waiting, this.#lease(job, waiting.workerId));
    }
  }

  #lease(job: Job, workerId: string): Lease {
    const { task, adversarial } = job;
    const durationMs = this.#durations.of(task, workerId) * 2 ** job.expiries;
    const { leaseId } = this.#leases.grant(workerId, job, performance.now(), durationMs);
    this.#matchmaker.leased(workerId, task);
    this.#options.ledger.leases.granted++;
    return { leaseId, term: this.#options.term, task, durationMs, ...(adversarial ? { adversarial } : {}) };
  }
}
