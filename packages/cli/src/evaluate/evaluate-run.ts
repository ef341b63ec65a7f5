import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { AttackName } from '@sparring/coordinator';
import { type DataSet, loadDataSet } from '@sparring/data';
import type { EngineName } from '@sparring/engine';
import { type Checkpoint, findRun, type RunConfig, RunFolder, twinConfig } from '@sparring/runtime';
import { type Evaluation, probeRanges } from '@sparring/training';
import { chooseEngine, hostTraining, planMeasurement } from '../host/index.js';
import { closingTable, robustnessRemark } from '../presentation/closing-table.js';
import { openScreen } from '../presentation/screen.js';
import { tableRows } from '../presentation/table-rows.js';
import type { EvaluateOptions } from './evaluate-options.js';
import { evaluationConfig } from './evaluation-config.js';
import { reportedCheckpoint } from './reported-checkpoint.js';

/** `sparring evaluate`: the nets of a run, finished or not, under the attacks asked for. */
export async function evaluateRun(options: EvaluateOptions & { readonly run: string }): Promise<void> {
  const screen = openScreen(options);
  const folder = RunFolder.read(findRun(options.run, options.out));
  const configured = folder.readConfig();
  const config = { ...configured, evaluation: evaluationConfig(configured.evaluation, options) };
  const checkpoint = await reportedCheckpoint(folder, config);
  const twin = await reportedTwin(folder, config);
  const dataSet = await loadDataSet(config.data);
  const { engine } = await chooseEngine(config, dataSet);
  const attacks = options.attack === 'all' ? (['clean', 'fgsm', 'pgd'] as const) : [options.attack];

  const test = await measure({ runId: folder.id, config, engine, dataSet, checkpoint, attacks });
  const twinTest = twin && (await measure({ runId: `${folder.id}/twin`, ...twin, engine, dataSet, attacks }));

  const rows = tableRows(config, { test, twin: twinTest && { test: twinTest } });
  const { bounds } = config.attack;
  screen.say(`${screen.colors.bold(folder.id)}, step ${checkpoint.step}, on ${engine}`);
  screen.say();
  screen.say(closingTable(rows, config.evaluation, { examples: dataSet.test.size, bounds, colors: screen.colors }));
  const remark = robustnessRemark(rows, config.evaluation);
  if (remark) screen.say(`\n${screen.colors.yellow(remark)}`);
  const { epsilon, clip, pgdIterations } = config.evaluation;
  screen.result({
    runId: folder.id,
    engine,
    step: checkpoint.step,
    parametersDigest: checkpoint.digests.parameters,
    evaluation: { examples: dataSet.test.size, epsilon, clip, pgdIterations },
    test,
    twin: twin && { step: twin.checkpoint.step, test: twinTest },
  });
}

interface Measurement {
  readonly runId: string;
  readonly config: RunConfig;
  readonly engine: EngineName;
  readonly dataSet: DataSet;
  readonly checkpoint: Checkpoint;
  readonly attacks: readonly AttackName[];
}

async function measure({ checkpoint, attacks, ...run }: Measurement): Promise<Record<AttackName, Evaluation>> {
  const probes = attacks.length * probeRanges(run.dataSet.test.size).length;
  const training = await hostTraining({
    ...run,
    plan: planMeasurement(run.engine, availableParallelism(), probes),
    checkpoints: { save: async () => {}, load: async () => checkpoint },
    resume: checkpoint,
    signal: new AbortController().signal,
    onEvent: () => {},
  });
  try {
    return await training.test(checkpoint, attacks);
  } finally {
    await training.close();
  }
}

async function reportedTwin(folder: RunFolder, config: RunConfig) {
  const own = twinConfig(config);
  // Asked first: to open the twin's folder would make it.
  if (!own || !existsSync(join(folder.path, 'twin'))) return null;
  const twin = await folder.twin();
  return twin.hasCheckpoint('last') ? { config: own, checkpoint: await reportedCheckpoint(twin, own) } : null;
}
