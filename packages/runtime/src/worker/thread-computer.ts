import type { Output, PreparableTask, RunSettings, Task, TaskInputs } from '@sparring/protocol';
import { ConfigError } from '../config/config-error.js';
import type { ModelPlaces } from '../config/model-places.js';
import type { ModelConfig } from '../config/run-config.js';
import { ComputeThread } from '../threads/compute-thread.js';
import { ThreadLost } from '../threads/thread-lost.js';
import type { ThreadShelf } from '../threads/thread-shelf.js';
import { computedWithin } from './computed-within.js';
import type { Computer, Steps } from './computer.js';
import { stepsOn } from './thread-steps.js';

/** Loads the data set that a run's settings name. Workers of one process share one; its arrays lie in shared memory. */
export type DataSetSource = (settings: RunSettings) => Promise<LoadedDataSet>;

export interface LoadedDataSet {
  readonly checksum: string;
}

export interface OpenOptions {
  readonly dataSetOf: DataSetSource;
  readonly packAdversarial: boolean;
  /** From where it loads models; from anywhere, where it shares the coordinator's process. */
  readonly models?: ModelPlaces;
  /** Aborted: nobody waits for it any more. */
  readonly signal?: AbortSignal;
  /** Where threads are kept from run to run; without one each run has threads of its own. */
  readonly shelf?: ThreadShelf | undefined;
  /** How long the data may take to load, and the thread to open; five minutes by default. */
  readonly withinMs?: number;
}

/**
 * Computes on a thread whose module exports `open`, `fingerprint` and one function per kind of task; a trainer's also those of `Steps`.
 */
export class ThreadComputer implements Computer {
  readonly dataChecksum: string;
  readonly steps: Steps;
  readonly #thread: ComputeThread;
  readonly #end: () => Promise<void>;
  #ended: Promise<void> | undefined;

  private constructor(thread: ComputeThread, end: () => Promise<void>, dataChecksum: string) {
    this.#thread = thread;
    this.steps = stepsOn(thread);
    this.#end = end;
    this.dataChecksum = dataChecksum;
  }

  static async open(
    module: URL,
    settings: RunSettings,
    {
      dataSetOf,
      packAdversarial,
      models,
      shelf,
      signal = new AbortController().signal,
      withinMs = 300_000,
    }: OpenOptions,
  ): Promise<ThreadComputer> {
    const definition = JSON.parse(settings.definition) as { readonly model: ModelConfig };
    const fault = models?.fault(definition.model);
    if (fault) throw new ConfigError(settings.run, [fault]);
    const dataSet = await computedWithin(withinMs, signal, dataSetOf(settings));
    if (dataSet === 'hung') throw new Error(`the data set is not loaded after ${withinMs} ms`);
    const thread = shelf?.take(module) ?? new ComputeThread(module);
    try {
      const opening = thread.call('open', {
        engine: settings.engine,
        definition,
        dataSet,
        stepsPerCall: settings.stepsPerCall,
        packAdversarial,
      });
      if ((await computedWithin(withinMs, signal, opening)) === 'hung') {
        await thread.destroy(0);
        throw new ThreadLost(`the compute thread is not open after ${withinMs} ms`);
      }
    } catch (error) {
      await thread.destroy();
      throw error;
    }
    const end = () => shelf?.putBack(module, thread) ?? thread.destroy();
    return new ThreadComputer(thread, end, dataSet.checksum);
  }

  async compute(task: Task, inputs: TaskInputs): Promise<Output> {
    const output = await this.#thread.call(task.kind, { task, inputs });
    const next = likelyNext(task);
    if (next) this.#thread.call('prepare', next).catch(() => {}); // the task itself will meet the fault
    return { kind: task.kind, output } as Output;
  }

  fingerprint(): Promise<{ engine: string; fingerprint: string }> {
    return this.#thread.call('fingerprint', null);
  }

  close(): Promise<void> {
    // Once only: a thread put back twice would serve two runs.
    this.#ended ??= this.#end();
    return this.#ended;
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
  if (task.kind === 'attack') {
    const { parametersStep: _, ...attack } = task;
    return { ...attack, step: task.step + 1 };
  }
  if (task.kind !== 'pass' || task.part === 'clean') return null;
  return { ...task, part: task.part === 'adversarial' ? 'clean' : task.part, step: task.step + 1 };
}
