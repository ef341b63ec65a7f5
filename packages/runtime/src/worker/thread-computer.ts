import type { Lease, Outputs, RunSettings } from '@sparring/protocol';
import { ComputeThread } from '../threads/compute-thread.js';
import type { Computer } from './work-loop.js';

/** Loads the data set that a run's settings name. Workers of one process share one; its arrays lie in shared memory. */
export type DataSetSource = (settings: RunSettings) => Promise<unknown>;

/**
 * Computes leases on a thread whose module exports `open` and one function per kind of task.
 */
export class ThreadComputer implements Computer {
  readonly #thread: ComputeThread;

  private constructor(thread: ComputeThread) {
    this.#thread = thread;
  }

  static async open(module: URL, settings: RunSettings, dataSetOf: DataSetSource): Promise<ThreadComputer> {
    const thread = new ComputeThread(module);
    try {
      await thread.call('open', {
        engine: settings.engine,
        definition: JSON.parse(settings.definition),
        dataSet: await dataSetOf(settings),
        stepsPerCall: settings.stepsPerCall,
      });
    } catch (error) {
      await thread.destroy();
      throw error;
    }
    return new ThreadComputer(thread);
  }

  compute({ task, inputs }: Lease): Promise<Outputs[keyof Outputs]> {
    return this.#thread.call(task.kind, { task, inputs });
  }

  close(): Promise<void> {
    return this.#thread.destroy();
  }

  kill(): void {
    void this.#thread.destroy(0);
  }
}
