import type { Checkpoint, RunConfig } from '@sparring/runtime';
import { hostTraining } from '../host/index.js';
import type { Session } from './session.js';

/** A twentieth of the run that it is compared with, within these. */
const [shortestSampleMs, longestSampleMs] = [200, 2_000];

/**
 * Examples a second of one trainer alone, the attack fused into its clean pass: measured for a moment and thrown away. null where
 * it could not be measured, or the user had no time for it: a run that is trained does not fail for the sake of a comparison.
 */
export async function measureFused(session: Session, net: Checkpoint, runSeconds: number): Promise<number | null> {
  const sampleMs = Math.min(longestSampleMs, Math.max(shortestSampleMs, 50 * runSeconds));
  try {
    const marks = await sample(session, net, sampleMs);
    const [first, last] = [marks[0], marks.at(-1)];
    // The first mark lies behind the compilation.
    if (session.interruption.signal.aborted || !first || !last || last.step === first.step) return null;
    return ((last.step - first.step) * session.config.batch * 1_000) / (last.at - first.at);
  } catch {
    return null;
  }
}

interface Mark {
  readonly step: number;
  readonly at: number;
}

async function sample({ folder, config, engine, dataSet, interruption }: Session, net: Checkpoint, sampleMs: number) {
  const enough = new AbortController();
  const marks: Mark[] = [];
  const from = midway(net);
  const training = await hostTraining({
    ...{ runId: `${folder.id}/fused`, config: onlySteps(config), engine, dataSet, resume: from },
    plan: { trainers: 1, attackers: 0, reason: 'a sample' },
    checkpoints: { save: async () => {}, load: async () => from },
    signal: AbortSignal.any([enough.signal, interruption.signal]),
    onEvent: (event) => {
      if (event.kind !== 'progress') return;
      marks.push({ step: event.step, at: performance.now() });
      if (marks.at(-1)!.at - marks[0]!.at >= sampleMs) enough.abort();
    },
  });
  try {
    await training.train();
  } finally {
    await training.close();
  }
  return marks;
}

/**
 * The trained net, set back to the middle of its steps: the learning rate and the momentum are ones that the run had, and enough
 * steps lie ahead.
 */
function midway(net: Checkpoint): Checkpoint {
  return { ...net, step: Math.floor(net.step / 2), epochLoss: { sum: 0, steps: 0 }, earlyStop: null };
}

/** The same steps with nothing measured, saved or decided on the way. */
function onlySteps(config: RunConfig): RunConfig {
  return {
    ...config,
    ...{ earlyStop: null, maxSteps: null, twin: null, checkpointEveryMs: Number.POSITIVE_INFINITY, probeEvery: null },
    evaluation: { ...config.evaluation, validationExamples: 1, everyEpochs: Number.MAX_SAFE_INTEGER },
  };
}
