import type { DataSet } from '@sparring/data';
import type { EngineName } from '@sparring/engine';
import { type Checkpoint, type RunConfig, type RunFolder, shortDigest } from '@sparring/runtime';
import { hostTraining, type Plan } from '../host/index.js';
import type { Screen } from '../presentation/screen.js';
import type { Difference } from './mismatch.js';
import type { RecordedDigests } from './recorded-digests.js';

export interface Recomputation {
  readonly folder: RunFolder;
  readonly config: RunConfig;
  readonly engine: EngineName;
  readonly dataSet: DataSet;
  readonly plan: Plan;
  readonly from: Checkpoint | null;
  readonly to: number;
  readonly compared: ReadonlyMap<number, RecordedDigests>;
  readonly screen: Screen;
  /** Told of the first difference. */
  readonly refuse: (difference: Difference) => never;
}

/** Computes the steps again and compares wherever there is something to compare with; returns at which steps. */
export async function recompute({
  folder,
  plan,
  from,
  to,
  compared,
  screen,
  refuse,
  ...run
}: Recomputation): Promise<number[]> {
  const done = new Set<number>();
  const compare = (step: number, parameters: string, optimizer: string) => {
    const recorded = compared.get(step);
    if (!recorded || done.has(step)) return;
    for (const [what, recomputed, had] of [
      ['parameters', parameters, recorded.parameters],
      ['optimizer state', optimizer, recorded.optimizer],
    ] as const) {
      if (recomputed !== had) refuse({ step, what, recorded: had, recomputed });
    }
    done.add(step);
    const place = recorded.epoch === null ? 'checkpoint' : `epoch ${recorded.epoch}`;
    screen.say(
      `  ${place.padEnd(12)} step ${String(step).padStart(String(to).length)}  ${shortDigest(parameters)}  equal`,
    );
  };
  const training = await hostTraining({
    ...run,
    ...{ runId: `${folder.id}/verify`, plan, resume: from && { ...from, earlyStop: null } },
    config: onlySteps(run.config, to),
    checkpoints: { save: async () => {}, load: refuseToLoad },
    signal: new AbortController().signal,
    onEvent: (event) => {
      if (event.kind !== 'epoch') return;
      const { step, parametersDigest, optimizerDigest } = event.record;
      compare(step, parametersDigest, optimizerDigest);
    },
  });
  try {
    const { net } = await training.train();
    compare(net.step, net.digests.parameters, net.digests.optimizer);
  } finally {
    await training.close();
  }
  return [...done];
}

/** The same mathematics with nothing measured, nothing saved and nothing decided on the way. */
function onlySteps(config: RunConfig, to: number): RunConfig {
  return {
    ...config,
    ...{ maxSteps: to, earlyStop: null, twin: null, checkpointEveryMs: Number.POSITIVE_INFINITY },
    // Others decide the bits.
    probeEvery: config.onCollapse === 'warn' ? null : config.probeEvery,
    evaluation: { ...config.evaluation, validationExamples: 1, everyEpochs: Number.MAX_SAFE_INTEGER },
  };
}

/** A recorded digest that stood in for a computed one would be compared with itself. */
async function refuseToLoad(): Promise<never> {
  throw new Error('verify computes every step itself: it takes nothing that the run has saved');
}
