import type { Qualification, RunSettings } from '@sparring/protocol';
import {
  type ClusterEnvironment,
  ClusterWorker,
  cpuName,
  type DataSetSource,
  ThreadComputer,
  type WorkerEnvironment,
  WorkLoop,
} from '@sparring/runtime';

const thread = new URL('./thread.js', import.meta.url);

/**
 * A trainer: leased batches in, gradients out, or whole steps when it trains alone. It takes any task, passes first, and
 * computes on a thread of its own. It shares the coordinator's process. Call
 * `start` on what is returned.
 */
export function createTrainer({ dataSetOf, shelf, ...environment }: WorkerEnvironment): WorkLoop {
  return new WorkLoop({
    ...environment,
    role: 'trainer',
    qualify: false,
    open: (settings, signal) =>
      ThreadComputer.open(thread, settings, { dataSetOf, packAdversarial: false, shelf, signal }),
  });
}

/** A trainer of a cluster: serves whichever run there is, one after the other. It is at work until it is stopped. */
export function createTrainerIn({ dataSetOf, models, ...environment }: ClusterEnvironment): ClusterWorker {
  return new ClusterWorker({
    ...environment,
    role: 'trainer',
    open: (settings, signal) =>
      ThreadComputer.open(thread, settings, { dataSetOf, models, packAdversarial: true, signal }),
  });
}

/** What a trainer would compute with on this machine, for whoever is to compare others with it. */
export async function qualificationHere(settings: RunSettings, dataSetOf: DataSetSource): Promise<Qualification> {
  const computer = await ThreadComputer.open(thread, settings, { dataSetOf, packAdversarial: false });
  try {
    const { dataChecksum } = computer;
    return { ...(await computer.fingerprint()), dataChecksum, cpu: cpuName() };
  } finally {
    await computer.close();
  }
}
