import type { Lease, WorkReceipt, WorkResult } from '@sparring/protocol';
import { NoResponders, RequestTimeout } from '../bus/bus.js';
import { ServiceFault } from '../bus/service-fault.js';
import type { TimedTask } from '../metrics/task-phase.js';
import { ThreadLost } from '../threads/thread-lost.js';
import type { AssistantEvent } from './assistance/assistant.js';
import { computedWithin } from './computed-within.js';
import { type Joined, type JoinOptions, join } from './join.js';
import { Performer } from './performer.js';
import { StepGone } from './state-source.js';
import { taskInputs } from './task-inputs.js';

export interface WorkerOptions extends Omit<JoinOptions, 'signal'> {
  readonly onEvent?: (event: WorkerEvent) => void;
}

export type WorkerEvent =
  | { readonly kind: 'ready'; readonly workerId: string }
  | { readonly kind: 'thread-lost'; readonly workerId: string; readonly reason: string }
  /** Of a lease, or of a shard that its trainer did not wait for. */
  | { readonly kind: 'stale'; readonly workerId: string; readonly leaseId?: string }
  /** A task was computed: how long it was waited for, what it reads was gathered, and it took. */
  | {
      readonly kind: 'performed';
      readonly workerId: string;
      readonly task: TimedTask;
      readonly waitMs: number;
      readonly gatherMs: number;
      readonly computeMs: number;
    }
  /** Its result has arrived, `ms` after it was sent. */
  | { readonly kind: 'returned'; readonly workerId: string; readonly receipt: WorkReceipt; readonly ms: number };

/**
 * A worker's life in a run: join, then ask for a lease, compute it, return it, until told to leave. A compute thread that dies, or
 * that outlasts its lease, is replaced, and the worker joins anew under another id.
 */
export class WorkLoop {
  readonly #options: WorkerOptions;
  readonly #stopping = new AbortController();
  #joined: Joined | undefined;
  #finished: Promise<void> | undefined;
  /** The step whose whole state the compute thread holds, and in which of the run's lineages. */
  #held: { readonly step: number; readonly rollbacks: number } | undefined;

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  /** Joins; resolves once the compute thread is open, and goes on working. */
  async start(): Promise<void> {
    this.#finished = this.#live(await this.#join());
  }

  /** Its id in the run, while it takes part in it. */
  get workerId(): string | undefined {
    return this.#joined?.workerId;
  }

  /** Leaves at once: what it held is leased to others. The compute thread ends with the task that it is at. */
  async stop(): Promise<void> {
    const computer = this.#joined?.computer;
    this.#stopping.abort();
    this.#leave('stopped');
    await computer?.close();
    await this.#finished;
  }

  /** Resolves when the worker was told to leave or was stopped, or its coordinator is gone; rejects when it could not go on. */
  get finished(): Promise<void> {
    return this.#finished ?? Promise.resolve();
  }

  async #live(first: Joined): Promise<void> {
    const { signal } = this.#stopping;
    let joined: Joined | undefined = first;
    try {
      while (joined) {
        const end = await this.#work(joined);
        joined.source.close();
        if (end === 'thread-lost') joined.computer.kill();
        else await joined.computer.close();
        joined = end === 'thread-lost' && !signal.aborted ? await this.#join() : undefined;
      }
    } catch (error) {
      joined?.source.close();
      await joined?.computer.close();
      // A coordinator that ends while this worker computes does not wait for what nobody needs any more.
      if (!signal.aborted && !(error instanceof NoResponders)) throw error;
    }
  }

  async #join(): Promise<Joined> {
    const joined = await join({ ...this.#options, signal: this.#stopping.signal });
    this.#joined = joined;
    this.#held = undefined;
    this.#options.onEvent?.({ kind: 'ready', workerId: joined.workerId });
    return joined;
  }

  async #work(joined: Joined): Promise<'left' | 'thread-lost'> {
    const { bus, subjects, role, onEvent } = this.#options;
    const { signal } = this.#stopping;
    const onEventOf = (event: AssistantEvent) => onEvent?.({ ...event, workerId: joined.workerId });
    const performer = new Performer(role, { ...joined, bus, subjects, signal, onEvent: onEventOf });
    try {
      return await this.#perform(joined, performer);
    } finally {
      performer.close();
    }
  }

  async #perform(joined: Joined, performer: Performer): Promise<'left' | 'thread-lost'> {
    const { bus, subjects, role, onEvent } = this.#options;
    const { workerId, settings } = joined;
    const { term } = settings;
    const { signal } = this.#stopping;
    let returned: Promise<void> | undefined;
    for (let ask = 1; !signal.aborted; ask++) {
      const limits = { maxBodyBytes: settings.maxBodyBytes, signal };
      const askedAt = performance.now();
      const reply = await bus.request(subjects.work.ask, { workerId, role, term, ask }, limits);
      if (reply.kind === 'leave') return 'left';
      const { lease } = reply;
      const leasedAt = performance.now();
      const done = await this.#compute(joined, performer, lease);
      if (signal.aborted) return 'left';
      if (done.kind === 'gone') continue;
      if (done.kind === 'thread-lost') {
        this.#leave(done.reason);
        onEvent?.({ kind: 'thread-lost', workerId, reason: done.reason });
        return 'thread-lost';
      }
      const { outcome, computeMs, waitMs } = done;
      // Of one that assists, each attack was told.
      if (outcome.kind !== 'failure' && lease.task.kind !== 'assist') {
        const gatherMs = performance.now() - leasedAt - computeMs - waitMs;
        onEvent?.({
          kind: 'performed',
          workerId,
          task: lease.task,
          waitMs: leasedAt - askedAt + waitMs,
          gatherMs,
          computeMs,
        });
      }
      await returned;
      const returning = this.#return({ workerId, leaseId: lease.leaseId, term, computeMs, waitMs, outcome });
      returned = returning.received;
      await (mayOverlap(outcome.kind) ? Promise.race([returning.sent, returned]) : returned);
    }
    return 'left';
  }

  /** `sent`: when the result is on its way, and the next lease may be asked for; `received`: when it is known what became of it. */
  #return(result: WorkResult): { sent: Promise<void>; received: Promise<void> } {
    const { bus, subjects, onEvent } = this.#options;
    const { workerId, leaseId, outcome } = result;
    let onSent = () => {};
    const sent = new Promise<void>((resolve) => {
      onSent = resolve;
    });
    const { signal } = this.#stopping;
    const returnedAt = performance.now();
    const received = bus.request(subjects.results[outcome.kind], result, { signal, onSent }).then((receipt) => {
      // What its thread holds is no better than what it returned.
      if (receipt === 'refused') this.#held = undefined;
      if (receipt === 'stale') onEvent?.({ kind: 'stale', workerId, leaseId });
      onEvent?.({ kind: 'returned', workerId, receipt, ms: performance.now() - returnedAt });
    });
    received.catch(() => {}); // met before the next result is returned
    return { sent, received };
  }

  #leave(reason: string): void {
    const { bus, subjects } = this.#options;
    if (this.#joined) bus.publish(subjects.membership.leave, { workerId: this.#joined.workerId, reason });
    this.#joined = undefined;
  }

  async #compute({ source, settings }: Joined, performer: Performer, lease: Lease): Promise<Done> {
    const { task, durationMs } = lease;
    const { signal } = this.#stopping;
    try {
      const { rollbacks = 0 } = task;
      const heldStep = this.#held?.rollbacks === rollbacks ? this.#held.step : undefined;
      const inputs = await taskInputs(lease, source, settings.staleness, heldStep);
      if (task.kind === 'advance') this.#held = undefined;
      const startedAt = performance.now();
      const done = await computedWithin(durationMs, signal, performer.perform(lease, inputs));
      if (done === 'hung') {
        return { kind: 'thread-lost', reason: `no answer within the lease of ${durationMs} ms` };
      }
      const { output: outcome, waitMs } = done;
      if (task.kind === 'advance' && settings.replicas === 1)
        this.#held = { step: task.step + task.numSteps, rollbacks };
      return { kind: 'done', outcome, computeMs: performance.now() - startedAt - waitMs, waitMs };
    } catch (error) {
      if (error instanceof ThreadLost) return { kind: 'thread-lost', reason: error.message };
      if (error instanceof StepGone || isOfBus(error)) return { kind: 'gone' };
      return { kind: 'done', outcome: { kind: 'failure', message: (error as Error).message }, computeMs: 0, waitMs: 0 };
    }
  }
}

/** What came of a lease: an outcome to return, a task's own error included; or a thread that is gone or hangs; or nobody waits for it. */
type Done =
  | {
      readonly kind: 'done';
      readonly outcome: WorkResult['outcome'];
      readonly computeMs: number;
      readonly waitMs: number;
    }
  | { readonly kind: 'thread-lost'; readonly reason: string }
  | { readonly kind: 'gone' };

/** Its worker may compute the next task while this one's result travels. Of a span the next one depends on what became of it. */
function mayOverlap(kind: WorkResult['outcome']['kind']): boolean {
  return kind === 'pass' || kind === 'attack';
}

/** The coordinator could not be asked for what a task reads: no fault of the task's. */
function isOfBus(error: unknown): boolean {
  return error instanceof NoResponders || error instanceof RequestTimeout || error instanceof ServiceFault;
}
