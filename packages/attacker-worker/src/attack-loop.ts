import {
  type ClusterEnvironment,
  ClusterWorker,
  ThreadComputer,
  type WorkerEnvironment,
  WorkLoop,
} from '@sparring/runtime';

const thread = new URL('./thread.js', import.meta.url);

/**
 * An attacker: leased batches in, adversarial batches out, made against the current parameters while trainers compute clean
 * passes of the same step. It computes on a thread of its own. It shares the coordinator's process. Call
 * `start` on what is returned.
 */
export function createAttacker({ dataSetOf, ...environment }: WorkerEnvironment): WorkLoop {
  return new WorkLoop({
    ...environment,
    role: 'attacker',
    qualify: false,
    open: (settings, signal) => ThreadComputer.open(thread, settings, { dataSetOf, packAdversarial: false, signal }),
  });
}

/** An attacker of a cluster: serves whichever run there is, one after the other. It is at work until it is stopped. */
export function createAttackerIn({ dataSetOf, models, ...environment }: ClusterEnvironment): ClusterWorker {
  return new ClusterWorker({
    ...environment,
    role: 'attacker',
    open: (settings, signal) =>
      ThreadComputer.open(thread, settings, { dataSetOf, models, packAdversarial: true, signal }),
  });
}
