import type { Lease, Outputs, PreparableTask, RunSettings, Task } from '@sparring/protocol';
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

  async compute({ task, inputs }: Lease): Promise<Outputs[keyof Outputs]> {
    const output = await this.#thread.call<Outputs[keyof Outputs]>(task.kind, { task, inputs });
    const next = likelyNext(task);
    if (next) this.#thread.call('prepare', next).catch(() => {}); // the task itself will meet the fault
    return output;
  }

  close(): Promise<void> {
    return this.#thread.destroy();
  }

  kill(): void {
    void this.#thread.destroy(0);
  }
}

/**
 * What a worker probably computes once the step is reduced, which leaves it time to prepare: the same shard of the next step. After a
 * clean pass the adversarial one comes first, and waits for nothing.
 */
function likelyNext(task: Task): PreparableTask | null {
  if (task.kind === 'attack') return { kind: 'attack', step: task.step + 1, shard: task.shard };
  if (task.kind !== 'pass' || task.part === 'clean') return null;
  return { ...task, part: task.part === 'whole' ? 'whole' : 'clean', step: task.step + 1 };
}
