import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type DataSet, loadDataSet } from '@sparring/data';
import { type Checkpoint, findRun, type RunConfig, RunFolder, RunFolderError, twinConfig } from '@sparring/runtime';
import { UsageError } from '../commands/usage-error.js';
import { chooseEngine, limitedTo } from '../host/index.js';
import { plural } from '../presentation/figures.js';
import { openScreen } from '../presentation/screen.js';
import { workersLine } from '../presentation/workers-line.js';
import { checkResumable } from '../train/check-resumable.js';
import type { NetSummary, RunSummary } from '../train/summary.js';
import { thisMachine } from '../train/this-machine.js';
import { retraining } from '../train/train-net.js';
import { type Difference, Mismatch } from './mismatch.js';
import { otherWorkers } from './other-workers.js';
import { recompute } from './recompute.js';
import { type RecordedDigests, recordedDigests, storedCheckpoints } from './recorded-digests.js';
import type { VerifyOptions } from './verify-options.js';

/** `sparring verify`: the contract of equal bits, put to the test on a run of one's own. */
export async function verifyRun(options: VerifyOptions & { readonly run: string }): Promise<void> {
  const screen = openScreen(options);
  const run = RunFolder.read(findRun(options.run, options.out));
  const { folder, config, dataSet } = await subject(run, options.twin ?? false);
  const checkpoints = await storedCheckpoints(folder);
  const from = newestUpTo(checkpoints, options.from ?? 0);
  const recorded = await recordedDigests(folder, checkpoints);
  const compared = withinRange(recorded, from?.step ?? 0, options);
  const { engine } = await chooseEngine(config, dataSet);
  for (const checkpoint of checkpoints) checkResumable(checkpoint, { place: folder.path, dataSet, engine }, config);
  const plan = limitedTo(engine, await otherWorkers(folder, config, options));

  const to = Math.max(...compared.keys());
  screen.say(
    `Computing ${screen.colors.bold(folder.id)} again, ${from ? `from its checkpoint at step ${from.step}` : 'from step 0'} to ${to},`,
  );
  screen.say(`on ${engine} by ${workersLine(plan)}.`);
  screen.say();
  const had = ((await run.readSummary()) as RunSummary | null)?.machine ?? null;
  const has = thisMachine(engine);
  const { trainers, attackers } = plan;
  const told = { run: run.id, twin: options.twin ?? false, engine, trainers, attackers, from: from?.step ?? 0, to };
  const refuse = (difference: Difference) => {
    screen.result({ ...told, equal: false, difference });
    throw new Mismatch(difference, had, has);
  };
  const equal = await recompute({ refuse, folder, config, engine, dataSet, plan, from, to, compared, screen });
  screen.say();
  screen.say(
    `Equal to the bit: parameters and optimizer state at ${equal.length} of ${plural(compared.size, 'recorded step')}.`,
  );
  screen.result({ ...told, equal: true, steps: equal });
}

async function subject(
  run: RunFolder,
  twin: boolean,
): Promise<{ folder: RunFolder; config: RunConfig; dataSet: DataSet }> {
  const config = run.readConfig();
  const dataSet = await loadDataSet(config.data);
  if (!twin) return { folder: run, ...(await reportedTraining(run, config, dataSet)) };
  const own = twinConfig(config);
  if (!own) throw new UsageError(`--twin: ${run.id} has no twin`);
  // Asked first: to open the twin's folder would make it.
  if (!existsSync(join(run.path, 'twin')))
    throw new UsageError(`--twin: the twin of ${run.id} has not been trained yet`);
  return { folder: await run.twin(), config: own, dataSet };
}

/** The training whose net the run reports: of two the second, which is known once the first is done. */
async function reportedTraining(run: RunFolder, config: RunConfig, dataSet: DataSet) {
  if (!config.retrain) return { config, dataSet };
  const first = existsSync(join(run.path, 'selection')) ? await (await run.selection()).readSummary() : null;
  if (!first) throw new UsageError(`${run.id} has not found yet for how many epochs it trains: resume it first`);
  return retraining(config, dataSet, first as NetSummary);
}

function newestUpTo(checkpoints: readonly Checkpoint[], step: number): Checkpoint | null {
  const earlier = checkpoints.filter((checkpoint) => checkpoint.step <= step && checkpoint.step > 0);
  return earlier.sort((a, b) => b.step - a.step)[0] ?? null;
}

function withinRange(
  recorded: ReadonlyMap<number, RecordedDigests>,
  start: number,
  { from = start, to = Number.POSITIVE_INFINITY }: VerifyOptions,
): Map<number, RecordedDigests> {
  if (to <= from) throw new UsageError(`--to: got ${to}; takes a step after --from (${from})`);
  const steps = [...recorded.keys()].sort((a, b) => a - b);
  if (steps.length === 0) throw new RunFolderError('the run has written nothing down yet: there is nothing to compare');
  const chosen = steps.filter((step) => step > from && step <= to);
  if (chosen.length === 0) {
    const places = steps.length > 6 ? `${steps.slice(0, 3).join(', ')}, … ${steps.at(-1)}` : steps.join(', ');
    const range = Number.isFinite(to) ? `after step ${from} up to ${to}` : `after step ${from}`;
    throw new UsageError(`there is nothing to compare ${range}: digests were written down at ${places}`);
  }
  return new Map(chosen.map((step) => [step, recorded.get(step)!]));
}
