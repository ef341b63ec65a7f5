import type { Role } from '@sparring/protocol';
import type { ClusterWorker, ClusterWorkerEvent } from '../worker/cluster-worker.js';
import type { WorkLoop } from '../worker/work-loop.js';
import { servingMetrics, workerMetrics } from './definitions/worker-metrics.js';
import type { ProcessMetrics } from './process-metrics.js';
import { perStep, phaseOf } from './task-phase.js';

/** What the workers of a process tell, and how many there are. */
export class WorkerMetrics {
  readonly #metrics: ProcessMetrics;

  constructor(metrics: ProcessMetrics) {
    this.#metrics = metrics;
  }

  tell(role: Role, event: ClusterWorkerEvent): void {
    const { phases, staleResults, lostThreads } = this.#metrics.of(workerMetrics);
    switch (event.kind) {
      case 'performed': {
        const { task, waitMs, gatherMs, computeMs } = event;
        phases.observe({ role, phase: 'wait' }, waitMs / 1_000);
        phases.observe({ role, phase: 'gather' }, gatherMs / 1_000);
        const phase = phaseOf(task);
        perStep(task, computeMs, (ms, times) => {
          for (let i = 0; i < times; i++) phases.observe({ role, phase }, ms / 1_000);
        });
        return;
      }
      case 'returned':
        phases.observe({ role, phase: 'return' }, event.ms / 1_000);
        return;
      case 'stale':
        staleResults.inc({ role });
        return;
      case 'thread-lost':
        lostThreads.inc({ role });
        return;
      case 'unable':
        this.#metrics.of(servingMetrics).unable.inc({ role });
        return;
    }
  }

  /** Workers that share the coordinator's process. Returns a function that ends it. */
  watch(workers: readonly { readonly role: Role; readonly loop: Pick<WorkLoop, 'workerId'> }[]): () => void {
    return this.#count(() => workers.map(({ role, loop }) => ({ role, serves: loop.workerId !== undefined })));
  }

  /** Workers of a cluster. Returns a function that ends it. */
  watchServing(workers: readonly Pick<ClusterWorker, 'role' | 'place' | 'term'>[]): () => void {
    const { term } = this.#metrics.of(servingMetrics);
    return this.#count(() => {
      term.set(Math.max(...workers.map((worker) => worker.term)));
      return workers.map(({ role, place }) => ({ role, serves: place.run !== '' }));
    });
  }

  #count(look: () => readonly { readonly role: Role; readonly serves: boolean }[]): () => void {
    const { threads } = this.#metrics.of(workerMetrics);
    const stop = this.#metrics.readBefore(() => {
      threads.reset();
      for (const { role, serves } of look()) {
        threads.inc({ role, state: 'serving' }, serves ? 1 : 0);
        threads.inc({ role, state: 'idle' }, serves ? 0 : 1);
      }
    });
    return () => {
      stop();
      threads.reset();
    };
  }
}
