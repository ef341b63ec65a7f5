import type { HeldLease, LeaseTable } from './lease-table.js';

const lookEveryMs = 200;
/** After a longer pause of this process leases are excused: their answers may be waiting. */
const longestPauseMs = 2_000;
/** How long workers have, once they can answer again, to do so. */
const excuseMs = 5_000;

/** Looks time and again for leases that have run out, and excuses them while nobody can answer. */
export class LeaseWatch<Job> {
  readonly #leases: LeaseTable<Job>;
  readonly #timer: NodeJS.Timeout;
  #lookedAt = performance.now();
  #excusedAt = Number.NEGATIVE_INFINITY;

  constructor(leases: LeaseTable<Job>, onRanOut: (lease: HeldLease<Job>) => void) {
    this.#leases = leases;
    const look = () => {
      this.noticePause();
      for (const lease of leases.takeExpired(performance.now())) onRanOut(lease);
    };
    this.#timer = setInterval(look, lookEveryMs).unref();
  }

  /** When nobody could answer last. */
  get excusedAt(): number {
    return this.#excusedAt;
  }

  /** Nobody can answer at the moment, and that is not the workers' fault: their leases are not to end now. */
  excuse(): void {
    this.#excusedAt = performance.now();
    this.#leases.extend(this.#excusedAt + excuseMs);
  }

  /** This process may have been stopped, or too busy to hear anybody. */
  noticePause(): void {
    const now = performance.now();
    if (now - this.#lookedAt > longestPauseMs) this.excuse();
    this.#lookedAt = now;
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
