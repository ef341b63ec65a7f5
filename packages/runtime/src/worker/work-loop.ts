import { randomUUID } from 'node:crypto';
import type { Lease, Outputs, Role, RunSettings, Subjects } from '@sparring/protocol';
import { type Bus, NoResponders } from '../bus/bus.js';
import { ThreadLost } from '../threads/thread-lost.js';

/** What a worker computes with; made anew after a failure that left it unusable. */
export interface Computer {
  compute(lease: Lease): Promise<Outputs[keyof Outputs]>;
  /** Waits for the task that it is at. */
  close(): Promise<void>;
  /** Does not: for one that is lost or hangs. */
  kill(): void;
}

export interface WorkerOptions {
  readonly bus: Bus;
  readonly subjects: Subjects;
  readonly role: Role;
  /** Opens the compute thread for a run. */
  readonly open: (settings: RunSettings) => Promise<Computer>;
  readonly onEvent?: (event: WorkerEvent) => void;
}

export type WorkerEvent =
  | { readonly kind: 'ready'; readonly workerId: string }
  | { readonly kind: 'thread-lost'; readonly workerId: string; readonly reason: string }
  | { readonly kind: 'stale'; readonly workerId: string; readonly leaseId: string };

/**
 * A worker's life: join, then ask for a lease, compute it, return it, until told to leave. A compute thread that dies, or
 * that outlasts its lease, is replaced, and the worker joins anew under another id.
 */
export class WorkLoop {
  readonly #options: WorkerOptions;
  #stopping = false;
  #computer: Computer | undefined;
  #finished: Promise<void> | undefined;
  #workerId: string | undefined;

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  /** Joins; resolves once the compute thread is open, and goes on working. */
  async start(): Promise<void> {
    const membership = await this.#join();
    this.#finished = this.#live(membership);
  }

  /** Leaves at once: what it held is leased to others. The compute thread ends with the task that it is at. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#leave('stopped');
    await this.#computer?.close();
    await this.#finished;
  }

  /** Resolves when the worker was told to leave or was stopped, or its coordinator is gone; rejects when it could not go on. */
  get finished(): Promise<void> {
    return this.#finished ?? Promise.resolve();
  }

  async #live(membership: Membership): Promise<void> {
    try {
      for (let current: Membership | undefined = membership; current; ) {
        const end: 'left' | 'thread-lost' = await this.#work(current);
        if (end === 'thread-lost') this.#computer?.kill();
        else await this.#computer?.close();
        current = end === 'thread-lost' && !this.#stopping ? await this.#join() : undefined;
      }
    } catch (error) {
      await this.#computer?.close();
      // A coordinator that ends while this worker computes does not wait for what nobody needs any more.
      if (!(error instanceof NoResponders)) throw error;
    }
  }

  async #join(): Promise<Membership> {
    const { bus, subjects, role, open, onEvent } = this.#options;
    const workerId = `${role}-${randomUUID().slice(0, 8)}`;
    const settings = await bus.request(subjects.membership.join, { workerId, role });
    this.#workerId = workerId;
    try {
      this.#computer = await open(settings);
    } catch (error) {
      this.#leave((error as Error).message);
      throw error;
    }
    onEvent?.({ kind: 'ready', workerId });
    return { workerId, term: settings.term };
  }

  async #work({ workerId, term }: Membership): Promise<'left' | 'thread-lost'> {
    const { bus, subjects, role, onEvent } = this.#options;
    while (!this.#stopping) {
      const reply = await bus.request(subjects.work.ask, { workerId, role, term });
      if (reply.kind === 'leave') return 'left';
      if (reply.kind === 'nothing') continue;
      const { lease } = reply;
      const startedAt = performance.now();
      const outcome = await this.#compute(lease);
      if (this.#stopping) return 'left';
      if (outcome.kind === 'thread-lost') {
        this.#leave(outcome.reason);
        onEvent?.({ kind: 'thread-lost', workerId, reason: outcome.reason });
        return 'thread-lost';
      }
      const computeMs = performance.now() - startedAt;
      const result = { workerId, leaseId: lease.leaseId, term, computeMs, outcome };
      const receipt = await bus.request(subjects.work.return, result);
      if (receipt === 'stale') onEvent?.({ kind: 'stale', workerId, leaseId: lease.leaseId });
    }
    return 'left';
  }

  #leave(reason: string): void {
    const { bus, subjects } = this.#options;
    if (this.#workerId) bus.publish(subjects.membership.leave, { workerId: this.#workerId, reason });
    this.#workerId = undefined;
  }

  /** A task's own error is a failure to report; a thread that is gone or hangs is lost. */
  async #compute(lease: Lease) {
    let timer: NodeJS.Timeout | undefined;
    const hung = new Promise<'hung'>((resolve) => {
      timer = setTimeout(() => resolve('hung'), lease.durationMs);
    });
    try {
      const output = await Promise.race([this.#computer!.compute(lease), hung]);
      if (output !== 'hung') return { kind: 'output', output } as const;
      return { kind: 'thread-lost', reason: `no answer within the lease of ${lease.durationMs} ms` } as const;
    } catch (error) {
      if (error instanceof ThreadLost) return { kind: 'thread-lost', reason: error.message } as const;
      return { kind: 'failure', message: (error as Error).message } as const;
    } finally {
      clearTimeout(timer);
    }
  }
}

interface Membership {
  readonly workerId: string;
  readonly term: number;
}
