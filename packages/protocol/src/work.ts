import type { AdversarialBatch, Outputs, Task } from './tasks.js';

export type Role = 'trainer' | 'attacker';

/** A worker asks for work. The answer may take until there is some. */
export interface WorkRequest {
  readonly workerId: string;
  readonly role: Role;
  readonly term: number;
  /**
   * Which of the worker's questions this is, from 1. Asked again under the same number, the answer is the same; under a higher one,
   * the worker has done with whatever it was leased before.
   */
  readonly ask: number;
}

/** Time-limited ownership of a task. */
export interface Lease {
  readonly leaseId: string;
  readonly term: number;
  readonly task: Task;
  /** Adversarial examples of the shard, for an adversarial pass. */
  readonly adversarial?: AdversarialBatch;
  /** The lease ends this long after it was given. */
  readonly durationMs: number;
}

export type WorkReply =
  | { readonly kind: 'lease'; readonly lease: Lease }
  /** The run is over, or this worker is not known to the coordinator. */
  | { readonly kind: 'leave' };

/** A worker returns a leased task's output, or the reason why there is none. */
export interface WorkResult {
  readonly workerId: string;
  readonly leaseId: string;
  readonly term: number;
  readonly computeMs: number;
  /** Of the lease, what it waited for other workers; absent: nothing. */
  readonly waitMs?: number;
  readonly outcome: Output | { readonly kind: 'failure'; readonly message: string };
}

/** The output of a task of a kind. */
export type Output = {
  readonly [Kind in Task['kind']]: { readonly kind: Kind; readonly output: Outputs[Kind] };
}[Task['kind']];

/** What became of a result. Late ones are expected: they are counted and dropped, and so are those that are refused. */
export type WorkReceipt = 'accepted' | 'stale' | 'refused';
