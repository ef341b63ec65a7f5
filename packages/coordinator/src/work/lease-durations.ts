import type { Task } from '@sparring/protocol';

const timesHeld = 4;

/**
 * How long a lease lasts: many times what tasks of its kind took to compute so far, and several times what their leases were held,
 * transfers included, so that only a worker that hangs loses it. The first task of a kind includes its compilation, and has at least
 * half a minute.
 */
export class LeaseDurations {
  readonly #longestMs = new Map<string, { readonly compute: number; readonly held: number }>();
  /** Kinds of tasks that each worker has been leased. */
  readonly #met = new Map<string, Set<string>>();
  readonly #firstMs: number;
  readonly #laterMs: number;

  constructor(firstMs = 30_000, laterMs = Math.min(firstMs, 5_000)) {
    this.#firstMs = firstMs;
    this.#laterMs = laterMs;
  }

  /** @param heldMs From when the task was leased to when its result was here; also where the lease had run out by then. */
  observe(task: Task, computeMs: number, heldMs = computeMs): void {
    const key = keyOf(task);
    const { compute, held } = this.#longestMs.get(key) ?? { compute: 0, held: 0 };
    this.#longestMs.set(key, {
      compute: Math.max(computeMs / sizeOf(task), compute),
      held: Math.max(heldMs / sizeOf(task), held),
    });
  }

  /** A lease of such a length was too short, unless its worker hangs: the next one is twice as long. */
  outlasted(task: Task, durationMs: number): void {
    this.observe(task, 0, (2 * durationMs) / timesHeld);
  }

  /** Of a lease that is given to a worker now. */
  of(task: Task, workerId: string): number {
    const key = keyOf(task);
    const met = this.#met.get(workerId) ?? new Set();
    this.#met.set(workerId, met);
    const leastMs = met.has(key) ? this.#laterMs : this.#firstMs;
    met.add(key);
    const longestMs = this.#longestMs.get(key);
    if (longestMs === undefined) return leastMs * spansIn(task);
    return Math.max(leastMs, sizeOf(task) * Math.max(20 * longestMs.compute, timesHeld * longestMs.held));
  }

  forget(workerId: string): void {
    this.#met.delete(workerId);
  }
}

function keyOf(task: Task): string {
  if (task.kind === 'pass') return `pass ${task.part}`;
  return task.kind === 'probe' ? `probe ${task.attack}` : task.kind;
}

/** The least durations are made for the first span of a lone trainer; the first round of replicas may be many times as long. */
function spansIn(task: Task): number {
  return Math.max(1, sizeOf(task) / 8);
}

function sizeOf(task: Task): number {
  return task.kind === 'advance' ? task.numSteps : 1;
}
