import { Coordinator, ObjectCheckpoints, type Phase, type Term, type TrainingEvent } from '@sparring/coordinator';
import type { DataSet } from '@sparring/data';
import type { EngineName } from '@sparring/engine';
import type { Bus, DurableStore, RunConfig } from '@sparring/runtime';
import { qualificationHere } from '@sparring/trainer-worker';
import { checkResumable } from '../train/check-resumable.js';
import type { PhaseResult } from '../train/train-phase.js';

/** One of the nets of a run that a cluster trains. */
export interface ClusterNet {
  readonly run: string;
  readonly phase: Phase;
  /** With the engine resolved. */
  readonly config: RunConfig;
  readonly engine: EngineName;
  readonly dataSet: DataSet;
}

export interface ClusterTraining extends ClusterNet {
  readonly bus: Bus;
  readonly store: DurableStore;
  readonly term: Term;
  /** End in order, with a checkpoint. */
  readonly end: AbortSignal;
  readonly cancelled: AbortSignal;
  readonly onOpen: (coordinator: Coordinator) => void;
  readonly onEvent: (event: TrainingEvent) => void | Promise<void>;
}

/** To end a span of steps and write a checkpoint takes no longer, where somebody computes at all. */
const endGraceMs = 15_000;

/**
 * Trains a net from its last checkpoint, or anew, with the workers of a cluster, and measures it on the test split.
 * @throws Deposed; the reason of `end` or `cancelled`; Diverged, or the error of a task that fails on every worker
 */
export async function trainInCluster(training: ClusterTraining): Promise<PhaseResult> {
  const { run, phase, config, engine, dataSet, bus, store, term, end, cancelled } = training;
  const checkpoints = await ObjectCheckpoints.open(store, term, run, phase);
  const resume = checkpoints.has('last') ? await checkpoints.load('last') : null;
  if (resume) checkResumable(resume, { place: `${run} (${phase})`, dataSet, engine }, config);
  const stop = AbortSignal.any([end, cancelled]);
  const subjectsRun = phase === 'net' ? run : `${run}/${phase}`;
  const team = new Team();
  const coordinator = await Coordinator.open({
    ...{ run: subjectsRun, config, engine, dataSet, bus, term: term.number, checkpoints, resume },
    qualify: (settings) => qualificationHere(settings, async () => dataSet),
    signal: stop,
    onEvent: (event) => {
      if (event.kind === 'joined' || event.kind === 'left') team.count(coordinator.membership);
      return training.onEvent(event);
    },
  });
  training.onOpen(coordinator);
  term.announce(subjectsRun);
  const over = AbortSignal.any([term.lost, cancelled]);
  try {
    const abandoned = Promise.race([whenAborted(over), outOfPatience(end, coordinator)]);
    const outcome = await Promise.race([coordinator.train(), abandoned]);
    if (outcome.status === 'interrupted') stop.throwIfAborted();
    const test = await Promise.race([
      coordinator.test(outcome.net, ['clean', 'fgsm', 'pgd']),
      whenAborted(AbortSignal.any([over, end])),
    ]);
    const stepsHere = outcome.step - (resume?.step ?? 0);
    const secondsHere = outcome.trainingSeconds - (resume?.trainingSeconds ?? 0);
    return { ...outcome, plan: { ...team.most, reason: 'those that joined' }, test, stepsHere, secondsHere };
  } finally {
    term.announce('');
    await coordinator.close();
  }
}

/** The most workers that took part at once. */
class Team {
  most = { trainers: 0, attackers: 0 };

  count(membership: Coordinator['membership']): void {
    this.most = {
      trainers: Math.max(this.most.trainers, membership.count('trainer')),
      attackers: Math.max(this.most.attackers, membership.count('attacker')),
    };
  }
}

/** Rejects with the signal's reason once it is aborted. */
function whenAborted(signal: AbortSignal): Promise<never> {
  const aborted = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  aborted.catch(() => {});
  return aborted;
}

/** Rejects when a run that is to end has not ended in time, or has nobody to take its last step. */
async function outOfPatience(end: AbortSignal, { membership }: Coordinator): Promise<never> {
  await whenAborted(end).catch(() => {});
  if (membership.count('trainer') > 0) {
    await new Promise((resolve) => setTimeout(resolve, endGraceMs).unref());
  }
  throw end.reason;
}
