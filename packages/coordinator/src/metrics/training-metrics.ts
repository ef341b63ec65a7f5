import type { Role, Task } from '@sparring/protocol';
import { type ProcessMetrics, workMetrics } from '@sparring/runtime/metrics';
import { RunMetrics, type RunName } from './run-metrics.js';

/** Runs that ended are told a little longer, so that their last figures are scraped. */
const lingerMs = 60_000;
/** Of those that ended, however many end in that time. */
const mostEnded = 4;

const roles: readonly Role[] = ['trainer', 'attacker'];
const kinds: readonly Task['kind'][] = ['advance', 'pass', 'attack', 'assist', 'probe'];

/** The runs that a process trains, and their work: what its metrics say of them. */
export class TrainingMetrics {
  /** Workers of a role that are alive and serve no run: in a cluster, its roster knows. */
  idle: (role: Role) => number = () => 0;
  readonly #metrics: ProcessMetrics;
  readonly #live = new Set<RunMetrics>();
  #ended: { readonly run: RunMetrics; readonly endedAt: number }[] = [];

  constructor(metrics: ProcessMetrics) {
    this.#metrics = metrics;
    metrics.readBefore(() => {
      this.#sweep();
      this.#countWork();
    });
  }

  /** A net's training begins, or goes on. It is told until it ends, and a little longer. */
  begin(name: RunName): RunMetrics {
    for (const { run } of this.#ended) if (run.isOf(name)) run.remove();
    this.#ended = this.#ended.filter(({ run }) => !run.isOf(name));
    const run: RunMetrics = new RunMetrics(this.#metrics, name, () => {
      this.#live.delete(run);
      this.#ended.push({ run, endedAt: performance.now() });
      this.#sweep();
    });
    this.#live.add(run);
    return run;
  }

  #sweep(): void {
    const now = performance.now();
    const isOver = (endedAt: number, index: number) =>
      now - endedAt >= lingerMs || index < this.#ended.length - mostEnded;
    this.#ended = this.#ended.filter(({ run, endedAt }, index) => {
      if (!isOver(endedAt, index)) return true;
      run.remove();
      return false;
    });
  }

  /** Of all runs that are trained. */
  #countWork(): void {
    const { readyTasks, heldLeases, waitingWorkers, workers } = this.#metrics.of(workMetrics);
    for (const kind of kinds) for (const depth of [readyTasks, heldLeases]) depth.set({ kind }, 0);
    for (const role of roles) {
      waitingWorkers.set({ role }, 0);
      workers.set({ role, state: 'idle' }, this.idle(role));
      for (const state of ['working', 'spare']) workers.set({ role, state }, 0);
    }
    for (const run of this.#live) {
      const { ready, held, waiting } = run.depths;
      for (const kind of ready) readyTasks.inc({ kind });
      for (const kind of held) heldLeases.inc({ kind });
      for (const role of waiting) waitingWorkers.inc({ role });
      for (const role of roles) {
        const { working, spare } = run.workers(role);
        workers.inc({ role, state: 'working' }, working);
        workers.inc({ role, state: 'spare' }, spare);
      }
    }
  }
}
