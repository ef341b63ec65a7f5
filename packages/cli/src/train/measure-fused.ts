import type { Checkpoint } from '@sparring/runtime';
import { hostTraining } from '../host/index.js';
import type { Session } from './session.js';

/** A twentieth of the run that it is compared with, within these. */
const [shortestSampleMs, longestSampleMs] = [200, 2_000];

/**
 * Examples a second of one trainer alone, the attack fused into its clean pass: measured for a moment on steps past the given state,
 * which are then thrown away. null where they could not be measured.
 */
export async function measureFused(session: Session, from: Checkpoint, runSeconds: number): Promise<number | null> {
  const sampleMs = Math.min(longestSampleMs, Math.max(shortestSampleMs, 50 * runSeconds));
  const { engine, dataSet, interruption } = session;
  const enough = new AbortController();
  // The run's last epoch must not end the sample, and nothing is to be measured but steps.
  const config = {
    ...session.config,
    epochs: session.config.epochs + 1_000,
    ...{ earlyStop: null, maxSteps: null, twin: null, checkpointEveryMs: Number.POSITIVE_INFINITY },
    evaluation: { ...session.config.evaluation, everyEpochs: Number.MAX_SAFE_INTEGER },
  };
  const marks: { step: number; at: number }[] = [];
  const training = await hostTraining({
    ...{ runId: `${session.folder.id}/fused`, config, engine, dataSet, resume: from },
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
  const [first, last] = [marks[0], marks.at(-1)];
  // The first mark lies behind the compilation.
  if (!first || !last || last.step === first.step) return null;
  return ((last.step - first.step) * config.batch * 1_000) / (last.at - first.at);
}
