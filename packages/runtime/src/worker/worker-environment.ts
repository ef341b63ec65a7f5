import type { Subjects } from '@sparring/protocol';
import type { Bus } from '../bus/bus.js';
import type { ModelPlaces } from '../config/model-places.js';
import type { ThreadShelf } from '../threads/thread-shelf.js';
import type { ClusterWorkerOptions } from './cluster-worker.js';
import type { DataSetSource } from './thread-computer.js';
import type { WorkerEvent } from './work-loop.js';

/** Where a worker lives: the bus it talks on, the run it serves, where it gets the data. */
export interface WorkerEnvironment {
  readonly bus: Bus;
  readonly subjects: Subjects;
  readonly dataSetOf: DataSetSource;
  /** Where compute threads are kept for the next run; without one they end with the run. */
  readonly shelf?: ThreadShelf | undefined;
  readonly onEvent?: (event: WorkerEvent) => void;
}

/** Where a worker of a cluster lives: the bus it talks on, where it gets the data, and from where it loads models. */
export type ClusterEnvironment = Omit<ClusterWorkerOptions, 'role' | 'open'> & {
  readonly dataSetOf: DataSetSource;
  readonly models: ModelPlaces;
};
