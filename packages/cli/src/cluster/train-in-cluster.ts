import {
  Coordinator,
  ObjectCheckpoints,
  type Phase,
  type RunMetrics,
  type Term,
  type TrainingEvent,
} from '@sparring/coordinator';
import type { DataSet } from '@sparring/data';
import type { EngineName } from '@sparring/engine';
import type { Bus, DurableStore, RunConfig } from '@sparring/runtime';
import { qualificationHere } from '@sparring/trainer-worker';
import { checkResumable } from '../train/check-resumable.js';
import type { PhaseResult } from '../train/train-phase.js';
import { untilAborted } from '../train/until-aborted.js';

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
  readonly metrics: RunMetrics;
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
  const { run, phase, config, engine, dataSet, bus, store, term, metrics, end, cancelled } = training;
  const checkpoints = await ObjectCheckpoints.open(store, term, run, phase);
  const resume = checkpoints.has('last') ? await checkpoints.load('last') : null;
  if (resume) checkResumable(resume, { place: `${run} (${phase})`, dataSet, engine }, config);
  const stop = new AbortOnFirst([end, cancelled]);
  const subjectsRun = phase === 'net' ? run : `${run}/${phase}`;
  const team = new Team();
  const coordinator = await Coordinator.open({
    ...{ run: subjectsRun, config, engine, dataSet, bus, term: term.number, checkpoints, resume },
    qualify: (settings) => qualificationHere(settings, async () => dataSet),
    signal: stop.signal,
    tellTime: metrics.tellTime,
    onNewerTerm: () => void term.doubt(),
    onEvent: (event) => {
      if (event.kind === 'joined' || event.kind === 'left') team.count(coordinator.membership);
      metrics.tell(event);
      return training.onEvent(event);
    },
  });
  training.onOpen(coordinator);
  metrics.watch(coordinator, resume?.step ?? 0);
  term.announce(subjectsRun);
  const over = new AbortOnFirst([term.lost, cancelled, end]);
  const abandoned = new AbortOnFirst([term.lost, cancelled]);
  const impatient = losePatience(end, coordinator, abandoned);
  try {
    const outcome = await untilAborted(abandoned.signal, coordinator.train());
    if (outcome.status === 'interrupted') stop.signal.throwIfAborted();
    const test = await untilAborted(over.signal, coordinator.test(outcome.net, ['clean', 'fgsm', 'pgd']));
    metrics.measured('test', test);
    const stepsHere = outcome.step - (resume?.step ?? 0);
    const secondsHere = outcome.trainingSeconds - (resume?.trainingSeconds ?? 0);
    return { ...outcome, plan: { ...team.most, reason: 'those that joined' }, test, stepsHere, secondsHere };
  } finally {
    impatient();
    for (const { release } of [stop, over, abandoned]) release();
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

/** A signal that is aborted with the first of others. These outlive it, and must not keep it: it is to be released. */
class AbortOnFirst {
  readonly #controller = new AbortController();
  readonly #undo: (() => void)[] = [];

  constructor(signals: readonly AbortSignal[]) {
    for (const signal of signals) {
      const abort = () => this.abort(signal.reason);
      if (signal.aborted) abort();
      signal.addEventListener('abort', abort, { once: true });
      this.#undo.push(() => signal.removeEventListener('abort', abort));
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  abort(reason: unknown): void {
    this.#controller.abort(reason);
  }

  readonly release = (): void => {
    for (const undo of this.#undo) undo();
  };
}

/** Abandons a run that is to end and has not ended in time, or has nobody to take its last step. Returns what undoes it. */
function losePatience(end: AbortSignal, { membership }: Coordinator, abandoned: AbortOnFirst): () => void {
  let timer: NodeJS.Timeout | undefined;
  const abandon = () => abandoned.abort(end.reason);
  const lose = () => {
    if (membership.count('trainer') === 0) abandon();
    else timer = setTimeout(abandon, endGraceMs).unref();
  };
  if (end.aborted) lose();
  else end.addEventListener('abort', lose, { once: true });
  return () => {
    clearTimeout(timer);
    end.removeEventListener('abort', lose);
  };
}
