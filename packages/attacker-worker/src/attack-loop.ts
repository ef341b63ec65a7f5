import { ThreadComputer, type WorkerEnvironment, WorkLoop } from '@sparring/runtime';

/**
 * An attacker: leased batches in, adversarial batches out, made against the current parameters while trainers compute clean
 * passes of the same step. It computes on a thread of its own. Call `start` on what is returned.
 */
export function createAttacker({ dataSetOf, remote, ...environment }: WorkerEnvironment): WorkLoop {
  const thread = new URL('./thread.js', import.meta.url);
  return new WorkLoop({
    ...environment,
    role: 'attacker',
    qualify: remote,
    open: (settings) => ThreadComputer.open(thread, settings, { dataSetOf, packAdversarial: remote }),
  });
}
