import { createAttacker } from '@sparring/attacker-worker';
import {
  type AttackName,
  type CheckpointStore,
  Coordinator,
  type TrainingEvent,
  type TrainingOutcome,
} from '@sparring/coordinator';
import type { DataSet } from '@sparring/data';
import type { EngineName } from '@sparring/engine';
import { type Checkpoint, InProcessBus, type RunConfig, type WorkerEvent, type WorkLoop } from '@sparring/runtime';
import { createTrainer } from '@sparring/trainer-worker';
import type { Evaluation } from '@sparring/training';
import type { Plan } from './plan-workers.js';

export interface HostOptions {
  readonly runId: string;
  readonly config: RunConfig;
  readonly engine: EngineName;
  readonly dataSet: DataSet;
  readonly plan: Plan;
  readonly checkpoints: CheckpointStore;
  /** Go on from here; null starts anew. */
  readonly resume: Checkpoint | null;
  /** Aborted: end the current step, write a checkpoint, return. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: TrainingEvent | WorkerEvent) => void | Promise<void>;
}

/** The training of one net with all its roles in this process. */
export interface HostedTraining {
  train(): Promise<TrainingOutcome>;
  /** Error and confidence on mistakes of a net on the whole test split. */
  test(net: Checkpoint, attacks: readonly AttackName[]): Promise<Record<AttackName, Evaluation>>;
  close(): Promise<void>;
}

/** Opens a coordinator and its workers, each computing on a thread of its own, on a bus within this process. */
export async function hostTraining({ runId, plan, ...request }: HostOptions): Promise<HostedTraining> {
  const bus = new InProcessBus();
  const { dataSet, onEvent } = request;
  const coordinator = await Coordinator.open({ ...request, run: runId, bus });
  const environment = { bus, subjects: coordinator.subjects, dataSetOf: async () => dataSet, onEvent };
  const workers = [
    ...Array.from({ length: plan.trainers }, () => createTrainer(environment)),
    ...Array.from({ length: plan.attackers }, () => createAttacker(environment)),
  ];
  const close = async () => {
    await coordinator.close();
    await Promise.all(workers.map((worker) => worker.stop()));
  };
  try {
    await Promise.all(workers.map((worker) => worker.start()));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    train: () => Promise.race([coordinator.train(), failureOf(workers)]),
    test: (net, attacks) => Promise.race([coordinator.test(net, attacks), failureOf(workers)]),
    close,
  };
}

/** Rejects when a worker cannot go on; never resolves. */
function failureOf(workers: readonly WorkLoop[]): Promise<never> {
  return new Promise((_, reject) => {
    for (const { finished } of workers) finished.catch(reject);
  });
}
