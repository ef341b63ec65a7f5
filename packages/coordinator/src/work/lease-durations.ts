import type { Task } from '@sparring/protocol';

/**
 * How long a lease lasts: many times what tasks of its kind took so far, so that only a worker that hangs loses it, and at
 * least half a minute, which also covers the first task's compilation.
 */
export class LeaseDurations {
  readonly #longestMs = new Map<string, number>();

  readonly #minimumMs: number;

  constructor(minimumMs = 30_000) {
    this.#minimumMs = minimumMs;
  }

  observe(task: Task, computeMs: number): void {
    const key = keyOf(task);
    this.#longestMs.set(key, Math.max(computeMs / sizeOf(task), this.#longestMs.get(key) ?? 0));
  }

  of(task: Task): number {
    return Math.max(this.#minimumMs, 20 * sizeOf(task) * (this.#longestMs.get(keyOf(task)) ?? 0));
  }
}

function keyOf(task: Task): string {
  if (task.kind === 'pass') return `pass ${task.part}`;
  return task.kind === 'probe' ? `probe ${task.attack}` : task.kind;
}

function sizeOf(task: Task): number {
  return task.kind === 'advance' ? task.numSteps : 1;
}
