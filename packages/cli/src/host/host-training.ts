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
import type { Role } from '@sparring/protocol';
import {
  type Checkpoint,
  InProcessBus,
  type RunConfig,
  type ThreadShelf,
  type WorkerEvent,
  type WorkLoop,
} from '@sparring/runtime';
import { watchRefusals } from '@sparring/runtime/metrics';
import { createTrainer } from '@sparring/trainer-worker';
import type { Evaluation } from '@sparring/training';
import type { ObservedRun } from '../endpoint/observed.js';
import { lastTrainerFailed, type WorkerFailed } from './last-trainer.js';
import type { Plan } from './plan-workers.js';

/** What happens while a training is hosted. */
export type HostEvent = TrainingEvent | WorkerEvent | WorkerFailed;

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
  /** Where trainers find their threads and leave them for the next run; without one they end with this. */
  readonly shelf?: ThreadShelf | undefined;
  readonly onEvent: (event: HostEvent) => void | Promise<void>;
  /** Hands out the coordinator, to be looked at. */
  readonly onOpen?: (coordinator: Coordinator) => void;
  /** Where it is to be told how this training goes, if anywhere. */
  readonly observed?: ObservedRun;
}

/** The training of one net with all its roles in this process. */
export interface HostedTraining {
  train(): Promise<TrainingOutcome>;
  /** Error and confidence on mistakes of a net on the whole test split. */
  test(net: Checkpoint, attacks: readonly AttackName[]): Promise<Record<AttackName, Evaluation>>;
  close(): Promise<void>;
}

/** Opens a coordinator and its workers, each computing on a thread of its own, on a bus within this process. */
export async function hostTraining({
  runId,
  plan,
  shelf,
  observed,
  onOpen,
  ...request
}: HostOptions): Promise<HostedTraining> {
  const bus = new InProcessBus();
  const { dataSet, onEvent } = request;
  const coordinator = await Coordinator.open({
    ...{ ...request, run: runId, bus, term: 1, qualify: null },
    ...(observed ? { tellTime: observed.run.tellTime } : {}),
    onEvent: (event) => {
      observed?.run.tell(event);
      return onEvent(event);
    },
  });
  onOpen?.(coordinator);
  const environmentOf = (role: Role) => ({
    ...{ bus, subjects: coordinator.subjects, dataSetOf: async () => dataSet },
    onEvent: (event: WorkerEvent) => {
      observed?.workers.tell(role, event);
      void onEvent(event);
    },
  });
  const workers = [
    ...hosted('trainer', plan.trainers, () => createTrainer({ ...environmentOf('trainer'), shelf })),
    ...hosted('attacker', plan.attackers, () => createAttacker(environmentOf('attacker'))),
  ];
  observed?.run.watch(coordinator, request.resume?.step ?? 0);
  const unwatch = observed ? [watchRefusals(observed.metrics, bus), observed.workers.watch(workers)] : [];
  let failed = false;
  const close = async () => {
    try {
      await coordinator.close();
    } catch (error) {
      // What went wrong first says more than what it led to.
      if (!failed) throw error;
    } finally {
      await Promise.allSettled(workers.map(({ loop }) => loop.stop()));
      for (const stop of unwatch) stop();
    }
  };
  // All of them: one that were still starting could not be stopped.
  const starts = await Promise.allSettled(workers.map(({ loop }) => loop.start()));
  const fault = starts.find((start) => start.status === 'rejected');
  if (fault) {
    failed = true;
    await close();
    throw fault.reason;
  }
  const unableToGoOn = lastTrainerFailed(workers, (event) => void onEvent(event));
  unableToGoOn.catch(() => {});
  const guarded = async <Value>(work: Promise<Value>): Promise<Value> => {
    try {
      return await Promise.race([work, unableToGoOn]);
    } catch (error) {
      failed = true;
      throw error;
    }
  };
  return {
    train: () => guarded(coordinator.train()),
    test: async (net, attacks) => {
      const measured = await guarded(coordinator.test(net, attacks));
      observed?.run.measured('test', measured);
      return measured;
    },
    close,
  };
}

function hosted(role: Role, count: number, create: () => WorkLoop): { readonly role: Role; readonly loop: WorkLoop }[] {
  return Array.from({ length: count }, () => ({ role, loop: create() }));
}
