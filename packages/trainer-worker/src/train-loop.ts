import { ThreadComputer, type WorkerEnvironment, WorkLoop } from '@sparring/runtime';

/**
 * A trainer: leased batches in, gradients out, or whole steps when it trains alone. It takes any task, passes first, and
 * computes on a thread of its own. Call `start` on what is returned.
 */
export function createTrainer({ dataSetOf, remote, ...environment }: WorkerEnvironment): WorkLoop {
  const thread = new URL('./thread.js', import.meta.url);
  return new WorkLoop({
    ...environment,
    role: 'trainer',
    qualify: remote,
    open: (settings) => ThreadComputer.open(thread, settings, { dataSetOf, packAdversarial: remote }),
  });
}
