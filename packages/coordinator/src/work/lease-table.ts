import { randomUUID } from 'node:crypto';

/** A lease as the coordinator remembers it. */
export interface HeldLease<Job> {
  readonly leaseId: string;
  readonly workerId: string;
  readonly job: Job;
  readonly grantedAt: number;
  readonly deadline: number;
}

/** Who holds which job until when. Time is passed in, in milliseconds of any steady clock. */
export class LeaseTable<Job> {
  readonly #leases = new Map<string, HeldLease<Job>>();
  /** Those that ran out last: their results may still come. */
  readonly #expired = new Map<string, HeldLease<Job>>();

  grant(workerId: string, job: Job, now: number, durationMs: number): HeldLease<Job> {
    const lease = { leaseId: randomUUID(), workerId, job, grantedAt: now, deadline: now + durationMs };
    this.#leases.set(lease.leaseId, lease);
    return lease;
  }

  holds(leaseId: string): boolean {
    return this.#leases.has(leaseId);
  }

  all(): readonly HeldLease<Job>[] {
    return [...this.#leases.values()];
  }

  /** Ends a lease by its holder's answer; undefined when it is not, or no longer, that worker's. */
  settle(leaseId: string, workerId: string): HeldLease<Job> | undefined {
    const lease = this.#leases.get(leaseId);
    if (lease?.workerId !== workerId) return undefined;
    this.#leases.delete(leaseId);
    return lease;
  }

  /** No lease ends before this time. */
  extend(until: number): void {
    for (const [leaseId, lease] of this.#leases) {
      if (lease.deadline < until) this.#leases.set(leaseId, { ...lease, deadline: until });
    }
  }

  /** Ends and returns the leases whose time is over. */
  takeExpired(now: number): HeldLease<Job>[] {
    const expired = this.#takeWhere((lease) => lease.deadline <= now);
    for (const lease of expired) this.#expired.set(lease.leaseId, lease);
    for (const leaseId of this.#expired.keys()) if (this.#expired.size > mostExpired) this.#expired.delete(leaseId);
    return expired;
  }

  /** Forgets and returns a lease that ran out, of which its holder's answer has come after all. */
  takeLate(leaseId: string, workerId: string): HeldLease<Job> | undefined {
    const lease = this.#expired.get(leaseId);
    if (lease?.workerId !== workerId) return undefined;
    this.#expired.delete(leaseId);
    return lease;
  }

  /** Ends and returns the leases of a worker that is gone. */
  takeHeldBy(workerId: string): HeldLease<Job>[] {
    return this.#takeWhere((lease) => lease.workerId === workerId);
  }

  #takeWhere(matches: (lease: HeldLease<Job>) => boolean): HeldLease<Job>[] {
    const taken = this.all().filter(matches);
    for (const { leaseId } of taken) this.#leases.delete(leaseId);
    return taken;
  }
}

/** Each keeps its task, and the examples that go with it. */
const mostExpired = 16;
