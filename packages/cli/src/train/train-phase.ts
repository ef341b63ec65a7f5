import { availableParallelism } from 'node:os';
import { type AttackName, type EpochRecord, probesKnownTo, type TrainingOutcome } from '@sparring/coordinator';
import { type NetKey, readRecords } from '@sparring/dashboard';
import type { Checkpoint, RunConfig, RunFolder } from '@sparring/runtime';
import type { Evaluation } from '@sparring/training';
import { type HostEvent, hostTraining, type Plan, planWorkers } from '../host/index.js';
import { tellPage } from '../page/tell-page.js';
import { count, plural } from '../presentation/figures.js';
import { openProgress } from '../presentation/open-progress.js';
import type { Progress } from '../presentation/progress.js';
import { workersLine } from '../presentation/workers-line.js';
import { checkResumable } from './check-resumable.js';
import { resumeWords } from './resume-words.js';
import type { Session } from './session.js';

/** One of the nets that a run trains: the twin, or the net itself. */
export interface Phase {
  readonly folder: RunFolder;
  readonly config: RunConfig;
  readonly net: NetKey;
  /** 'the net', 'the twin' */
  readonly name: string;
  /** Epochs that it will take at most, where the configuration's are not. */
  readonly epochs?: number;
}

export interface PhaseResult extends TrainingOutcome {
  readonly plan: Plan;
  readonly test: Record<AttackName, Evaluation>;
  /** Steps and seconds of training in this process, those before a resume left out. */
  readonly stepsHere: number;
  readonly secondsHere: number;
}

/** Trains a net from its last checkpoint, or anew, to its end, and measures it on the test split. @throws Interrupted */
export async function trainPhase(
  session: Session,
  { folder, config, net, name, epochs = config.epochs }: Phase,
): Promise<PhaseResult> {
  const { screen, interruption, engine, dataSet, observed, live } = session;
  const phase = { folder, config, net, name, epochs };
  const plan = planWorkers(config, availableParallelism(), engine);
  const resume = folder.hasCheckpoint('last') ? await folder.loadCheckpoint('last') : null;
  if (resume) checkResumable(resume, { ...session, place: session.folder.path }, config);
  await folder.truncateMetrics(resume?.step ?? 0, resume ? probesKnownTo(resume) : 0);
  announce(session, phase, plan, resume);
  if (live) {
    const { records, probes } = await readRecords(folder.path);
    live.begin(net, records, probes);
  }
  const progress = session.showOn?.(phase) ?? openProgress({ screen, epochs });
  const stopping = () =>
    progress.note(
      `Stopping after the current ${config.replicas > 1 ? 'round' : 'step'}, to write a checkpoint; Ctrl-C again stops at once.`,
    );
  interruption.signal.addEventListener('abort', stopping);
  const run = observed?.training.begin({ run: session.folder.id, net, name: config.name, engine });
  const training = await hostTraining({
    ...{ runId: folder.id, config, engine, dataSet, plan, resume, shelf: session.shelf },
    ...(observed && run ? { observed: { ...observed, run } } : {}),
    checkpoints: {
      save: async (kind, checkpoint) => {
        await folder.saveCheckpoint(kind, checkpoint);
        await session.onSaved?.(kind);
      },
      load: (kind) => folder.loadCheckpoint(kind),
    },
    signal: interruption.signal,
    onOpen: (coordinator) => live?.attend(coordinator),
    onEvent: (event) => {
      if (live) tellPage(live, net, event);
      return show(event, progress, folder, epochs);
    },
  }).catch((error) => {
    run?.end();
    throw error;
  });
  let isDone = false;
  try {
    const outcome = await training.train();
    progress.end();
    interruption.signal.removeEventListener('abort', stopping);
    const reached = () => resumeWords(session.folder, name, outcome.step);
    if (outcome.status === 'interrupted') throw interruption.error(reached());
    if (outcome.status === 'stopped-early') screen.say(stoppedEarly(outcome, config));
    if (outcome.status === 'collapsed') screen.say(stoppedCollapsed(outcome));
    screen.say(screen.colors.dim(`  Measuring it on the ${count(dataSet.test.size)} test examples …`));
    const test = await interruption.unless(training.test(outcome.net, ['clean', 'fgsm', 'pgd']), reached);
    isDone = true;
    const stepsHere = outcome.step - (resume?.step ?? 0);
    const secondsHere = outcome.trainingSeconds - (resume?.trainingSeconds ?? 0);
    return { ...outcome, plan, test, stepsHere, secondsHere };
  } finally {
    progress.end();
    live?.leave(net, isDone);
    await training.close();
    run?.end();
  }
}

function announce(
  { screen }: Session,
  { config, name, epochs }: Required<Phase>,
  plan: Plan,
  resume: Checkpoint | null,
) {
  const { bold, dim } = screen.colors;
  const against = config.alpha === 1 ? 'without an adversary' : `against ${config.attack.kind.toUpperCase()}`;
  const from = resume ? `, from step ${resume.step} on` : '';
  screen.say(bold(`Training ${name} ${against}, ${plural(epochs, 'epoch')}${from}`));
  screen.say(dim(`  by ${workersOf(config, plan)}`));
}

function workersOf({ alpha, replicas }: RunConfig, plan: Plan): string {
  if ((alpha < 1 && replicas === 1) || plan.attackers === 0) return workersLine(plan);
  const why = alpha === 1 ? 'there is nothing to attack' : 'each attacks for its own replica';
  const reason = `${why} (with ${plural(plan.attackers, 'attacker')} to help measure)`;
  return workersLine({ trainers: plan.trainers, attackers: 0, reason });
}

function show(event: HostEvent, progress: Progress, folder: RunFolder, epochs: number): void | Promise<void> {
  switch (event.kind) {
    case 'progress':
      return progress.advance({ ...event, epochs });
    case 'epoch':
      progress.endEpoch(event.record);
      return folder.appendMetrics({ ...event.record } satisfies EpochRecord);
    case 'probe':
      progress.probed(event);
      return folder.appendMetrics({ ...event });
    case 'mode':
      if (event.spareTrainers > 0) {
        progress.note(`${plural(event.spareTrainers, 'trainer')} more than the steps can use: kept as spares`);
      }
      return;
    case 'unable':
      return progress.note(`${event.workerId} is ${event.reason}`);
    case 'worker-failed':
      return progress.note(`one ${event.role} cannot go on (${event.reason}); the run goes on without it`);
    case 'thread-lost':
      return progress.note(`a worker's thread was lost (${event.reason}); its work goes to another`);
  }
}

function stoppedEarly({ step, net }: TrainingOutcome, { earlyStop }: RunConfig): string {
  const watched = earlyStop!.on === 'cleanError' ? 'clean' : 'adversarial';
  const epochs = plural(earlyStop!.patience, 'epoch');
  return `  Stopped at step ${step}: ${epochs} without a better ${watched} validation error; step ${net.step} was the best.`;
}

function stoppedCollapsed({ step, rollbacks }: TrainingOutcome): string {
  const after = rollbacks > 1 ? `, after ${plural(rollbacks - 1, 'rollback')}` : '';
  return `  Stopped at step ${step}: the net has collapsed${after}. It is given the parameters of the last good probe.`;
}
