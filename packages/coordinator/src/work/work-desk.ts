import type {
  OutputOf,
  Outputs,
  Role,
  Task,
  TaskInputs,
  WorkReceipt,
  WorkReply,
  WorkRequest,
  WorkResult,
} from '@sparring/protocol';
import type { Membership } from '../members/membership.js';
import { LeaseDurations } from './lease-durations.js';
import { LeaseTable } from './lease-table.js';
import { type Placement, preference } from './preference.js';
import type { WorkLedger } from './work-ledger.js';

interface Job {
  readonly task: Task;
  readonly inputs: TaskInputs;
  readonly settle: (output: Outputs[keyof Outputs]) => void;
  readonly fail: (error: Error) => void;
  readonly faults: string[];
  /** Leases that ran out over it. */
  expiries: number;
}

interface Waiting {
  readonly workerId: string;
  readonly role: Role;
  readonly answer: (reply: WorkReply) => void;
}

export interface WorkDeskOptions {
  readonly term: number;
  readonly placement: Placement;
  readonly membership: Membership;
  readonly ledger: WorkLedger;
  readonly durations?: LeaseDurations;
}

/** A task whose computation throws, or outlasts its lease, this often fails the run: it is the task, not the worker. */
const maxFaults = 3;
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
  readonly #watch: NodeJS.Timeout;
  /** The shard that each worker computed last: it has the next step's inputs of that shard at hand. */
  readonly #lastShards = new Map<string, number>();
  #ready: Job[] = [];
  #waiting: Waiting[] = [];
  #matching = false;
  #closed = false;

  constructor(options: WorkDeskOptions) {
    this.#options = options;
    this.#durations = options.durations ?? new LeaseDurations();
    this.#watch = setInterval(() => this.#expire(), 200).unref();
  }

  /** @throws when the task's own computation failed, or outlasted its lease, time and again. */
  perform<T extends Task>(task: T, inputs: TaskInputs): Promise<OutputOf<T>> {
    return new Promise((resolve, reject) => {
      const settle = resolve as Job['settle'];
      this.#ready.push({ task, inputs, settle, fail: reject, faults: [], expiries: 0 });
      this.#matchSoon();
    });
  }

  /** Answers when there is a lease to give, or none to wait for any more. */
  ask({ workerId, role, term }: WorkRequest): Promise<WorkReply> {
    if (this.#closed || term !== this.#options.term || !this.#options.membership.get(workerId)) {
      return Promise.resolve({ kind: 'leave' });
    }
    return new Promise((answer) => {
      this.#waiting.push({ workerId, role, answer });
      this.#matchSoon();
    });
  }

  accept({ leaseId, workerId, term, computeMs, outcome }: WorkResult): WorkReceipt {
    const { ledger } = this.#options;
    const lease = term === this.#options.term ? this.#leases.settle(leaseId, workerId) : undefined;
    if (!lease) {
      ledger.staleResults++;
      return 'stale';
    }
    const { job } = lease;
    if (outcome.kind === 'output') {
      this.#durations.observe(job.task, computeMs);
      ledger.record(this.#options.membership.get(workerId)!.role, job.task, computeMs);
      job.settle(outcome.output);
    } else {
      job.faults.push(outcome.message);
      if (job.faults.length >= maxFaults) job.fail(new Error(outcome.message));
      else this.#putBack(job);
    }
    return 'accepted';
  }

  /** Takes back tasks that nobody has been leased yet; their promises stay open. */
  withdraw(matches: (task: Task) => boolean): void {
    this.#ready = this.#ready.filter(({ task }) => !matches(task));
  }

  /** A worker is gone: what it held is leased to the next. */
  release(workerId: string): void {
    for (const { answer } of this.#waiting.filter((waiting) => waiting.workerId === workerId))
      answer({ kind: 'leave' });
    this.#waiting = this.#waiting.filter((waiting) => waiting.workerId !== workerId);
    this.#lastShards.delete(workerId);
    const now = performance.now();
    for (const { job, deadline } of this.#leases.takeHeldBy(workerId)) {
      // A worker watches its lease too, and may give up a hung thread just before the lease ends here.
      if (deadline - now < leaseMarginMs) this.#ranOut(job);
      else this.#putBack(job);
    }
    // Also where it held nothing: what only attackers may do becomes the trainers' when the last attacker is gone.
    this.#matchSoon();
  }

  /** Sends every worker home. */
  close(): void {
    this.#closed = true;
    clearInterval(this.#watch);
    for (const { answer } of this.#waiting) answer({ kind: 'leave' });
    this.#waiting = [];
  }

  #putBack(job: Job): void {
    this.#options.ledger.releases++;
    this.#ready.unshift(job);
    this.#matchSoon();
  }

  #expire(): void {
    for (const { job } of this.#leases.takeExpired(performance.now())) this.#ranOut(job);
  }

  /** The next lease is twice as long: nobody knows how long a task takes that never ended. */
  #ranOut(job: Job): void {
    if (++job.expiries < maxExpiries) this.#putBack(job);
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
    for (let pair = this.#bestPair(); pair; pair = this.#bestPair()) {
      const { job, waiting } = pair;
      this.#ready.splice(this.#ready.indexOf(job), 1);
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      const durationMs = this.#durations.of(job.task) * 2 ** job.expiries;
      const { leaseId } = this.#leases.grant(waiting.workerId, job, performance.now(), durationMs);
      const { task, inputs } = job;
      if ('shard' in task) this.#lastShards.set(waiting.workerId, task.shard);
      waiting.answer({ kind: 'lease', lease: { leaseId, term: this.#options.term, task, inputs, durationMs } });
    }
  }

  #bestPair(): { job: Job; waiting: Waiting } | undefined {
    const { placement, membership } = this.#options;
    const hasAttackers = membership.count('attacker') > 0;
    let best: { job: Job; waiting: Waiting; rank: number } | undefined;
    for (const job of this.#ready) {
      for (const waiting of this.#waiting) {
        const suits = preference(waiting.role, job.task, placement, hasAttackers);
        if (suits === undefined) continue;
        const rank = suits + (this.#isPrepared(waiting, job.task) ? 0 : 0.5);
        if (!best || rank < best.rank) best = { job, waiting, rank };
      }
    }
    return best;
  }

  #isPrepared({ workerId }: Waiting, task: Task): boolean {
    return 'shard' in task && this.#lastShards.get(workerId) === task.shard;
  }
}

function nameOf(task: Task): string {
  return `${task.kind} of step ${task.kind === 'probe' ? task.parametersStep : task.step}`;
}
