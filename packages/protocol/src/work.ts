import type { Outputs, Task, TaskInputs } from './tasks.js';

export type Role = 'trainer' | 'attacker';

/** A worker asks for work. The answer may take until there is some. */
export interface WorkRequest {
  readonly workerId: string;
  readonly role: Role;
  readonly term: number;
}

/** Time-limited ownership of a task. */
export interface Lease {
  readonly leaseId: string;
  readonly term: number;
  readonly task: Task;
  readonly inputs: TaskInputs;
  /** The lease ends this long after it was given. */
  readonly durationMs: number;
}

export type WorkReply =
  | { readonly kind: 'lease'; readonly lease: Lease }
  /** Nothing now: ask again. */
  | { readonly kind: 'nothing' }
  /** The run is over, or this worker is not known to the coordinator. */
  | { readonly kind: 'leave' };

/** A worker returns a leased task's output, or the reason why there is none. */
export interface WorkResult {
  readonly workerId: string;
  readonly leaseId: string;
  readonly term: number;
  readonly computeMs: number;
  readonly outcome:
    | { readonly kind: 'output'; readonly output: Outputs[keyof Outputs] }
    | { readonly kind: 'failure'; readonly message: string };
}

/** What became of a result. Stale and duplicate ones are expected: they are counted and dropped. */
export type WorkReceipt = 'accepted' | 'stale';
