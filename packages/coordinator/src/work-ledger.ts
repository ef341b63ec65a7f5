import type { Task } from '@sparring/protocol';

/** What was computed, by whom and how long, and what went wrong and was made good. */
export class WorkLedger {
  /** Tasks given to another worker because the first one died, hung or failed. */
  releases = 0;
  /** Answers to leases that were no longer held: counted and dropped. */
  staleResults = 0;
  readonly #busyMs = new Map<string, number>();

  record(workerId: string, task: Task, computeMs: number): void {
    const key = `${workerId} ${task.kind === 'pass' ? `${task.part} pass` : task.kind}`;
    this.#busyMs.set(key, (this.#busyMs.get(key) ?? 0) + computeMs);
  }

  /** Milliseconds spent on tasks of these kinds, all workers together. */
  busyMs(...kinds: readonly string[]): number {
    let sum = 0;
    for (const [key, ms] of this.#busyMs) if (kinds.includes(key.slice(key.indexOf(' ') + 1))) sum += ms;
    return sum;
  }
}
