import type { Role, Task } from '@sparring/protocol';
import { perStep, phaseOf } from '@sparring/runtime/metrics';
import { type TellTime, tellNobody } from '../step-times.js';

/** What happens to leases: `abandoned` were those whose worker left, `returned` those whose worker asked for other work. */
export type LeaseEvent = 'granted' | 'performed' | 'expired' | 'failed' | 'refused' | 'returned' | 'abandoned';

/** What was computed, by which role and how long, and what went wrong and was made good. */
export class WorkLedger {
  /** Tasks given to another worker because the first one died, hung or failed. */
  releases = 0;
  /** Answers to leases that were no longer held: counted and dropped. */
  staleResults = 0;
  /** Time that leases were held beyond what their tasks took to compute: on the wire, and to gather what they read. */
  wireMs = 0;
  readonly leases: Record<LeaseEvent, number> = {
    ...{ granted: 0, performed: 0, expired: 0, failed: 0, refused: 0, returned: 0, abandoned: 0 },
  };
  readonly #stepsMs: Record<Role, number> = { trainer: 0, attacker: 0 };
  readonly #tellTime: TellTime;

  constructor(tellTime: TellTime = tellNobody) {
    this.#tellTime = tellTime;
  }

  /** A task that was `computeMs` in computing, `heldMs` after it was leased; `waitMs` of these its worker waited for others. */
  record(role: Role, task: Task, computeMs: number, heldMs: number, waitMs = 0): void {
    if (task.kind !== 'probe') this.#stepsMs[role] += computeMs;
    // What its attacker and the trainer say to each other is no lease's wire.
    if (task.kind === 'assist') return;
    perStep(task, computeMs, (ms, times) => this.#tellTime(phaseOf(task), ms, times));
    if (task.kind === 'probe') return;
    const wireMs = Math.max(0, heldMs - computeMs - waitMs);
    this.wireMs += wireMs;
    this.#tellTime('transfer', wireMs);
  }

  /** Milliseconds that all workers of a role together spent on steps: on all that they did but probes. */
  stepsMs(role: Role): number {
    return this.#stepsMs[role];
  }
}
