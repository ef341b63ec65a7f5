import { ConfigError, checkAgainstData, publishedFigures, type RunConfig, resolveConfig } from '@sparring/runtime';
import {
  type Axis,
  type Configuration,
  checkAxes,
  codeHash,
  combinations,
  configurationHash,
  type MedianRule,
  newRecord,
  parseAxis,
  parseSeeds,
  type SweepRecord,
} from '@sparring/sweep';
import { chooseEngine } from '../host/index.js';
import { checkBeforehand } from '../train/check-beforehand.js';
import { bytesOfRun } from './disk-need.js';
import type { SharedData } from './shared-data.js';
import type { SweepOptions } from './sweep-options.js';

/** Makes a sweep of what was asked for: every configuration resolved and checked before anything is written. @throws ConfigError */
export async function planSweep(source: string, options: SweepOptions, data: SharedData): Promise<SweepRecord> {
  const seeds = parseSeeds(options.seeds);
  const grid = (options.grid ?? []).map(parseAxis);
  checkAxes(grid);
  const asked = resolveAll(source, grid, options);
  const first = asked[0]!.config;
  const { engine } = await chooseEngine(first, await data.load(first.data));
  const configurations: Configuration[] = [];
  for (const { label, config } of asked) {
    const dataSet = await data.load(config.data);
    checkAgainstData(config, dataSet);
    await checkBeforehand(config, dataSet);
    const own = config.engine === 'auto' ? { ...config, engine } : config;
    const bytes = await bytesOfRun(own, dataSet);
    configurations.push({ label, config: own, dataChecksum: dataSet.checksum, bytes });
  }
  refuseEqual(configurations);
  const labels = configurations.map(({ label }) => label);
  return newRecord({
    ...{ name: first.name, source, grid, configurations, seeds, engine },
    ...{ code: await codeHash(), baseline: baselineOf(options.baseline, labels) },
    ...{ failFast: options.failFast ?? false, maxAttempts: options.maxAttempts },
    prune: medianRule(options.prune, configurations),
    published: publishedFigures(source),
  });
}

function resolveAll(source: string, grid: readonly Axis[], { set = [], engine }: SweepOptions) {
  return combinations(grid).map((assignments): { label: string; config: RunConfig } => {
    // A slot is one thread: the bits are the same, and the cores have other runs to compute.
    const overrides = { trainers: 1, attackers: 0, engine };
    const { config } = resolveConfig({ recipeOrFile: source, set: [...set, ...assignments], overrides });
    return { label: assignments.join(' ') || config.name, config };
  });
}

/** Two configurations of equal runs would be one run under two names. */
function refuseEqual(configurations: readonly Configuration[]): void {
  const byHash = new Map<string, string>();
  for (const { label, config, dataChecksum } of configurations) {
    const hash = `${configurationHash(config)} ${dataChecksum}`;
    const other = byHash.get(hash);
    if (other !== undefined) {
      const takes = 'options that change what a run comes to';
      throw new ConfigError('command line', [
        { path: '--grid', got: `${other} and ${label}`, takes, hint: 'these two are the same run' },
      ]);
    }
    byHash.set(hash, label);
  }
}

function baselineOf(asked: string | undefined, labels: readonly string[]): string | null {
  if (asked === undefined) return null;
  const wanted = asked.split(/\s+/).filter(Boolean).sort().join(' ');
  const found = labels.find((label) => label.split(' ').sort().join(' ') === wanted);
  if (found !== undefined) return found;
  const takes = `a configuration of the grid: ${labels
    .slice(0, 20)
    .map((label) => JSON.stringify(label))
    .join(', ')}`;
  throw new ConfigError('command line', [{ path: '--baseline', got: JSON.stringify(asked), takes, hint: null }]);
}

const defaultEpochs = [5, 10, 20, 40, 80, 160, 320];

function medianRule(asked: string | true | undefined, configurations: readonly Configuration[]): MedianRule | null {
  if (asked === undefined) return null;
  const epochs = asked === true ? defaultEpochs : asked.split(',').map(Number);
  if (epochs.some((epoch, n) => !(Number.isInteger(epoch) && epoch > (epochs[n - 1] ?? 0)))) {
    const takes = 'ascending epochs, such as 5,10,20';
    throw new ConfigError('command line', [{ path: '--prune', got: String(asked), takes, hint: null }]);
  }
  const hasAdversary = configurations.some(({ config }) => config.alpha < 1);
  return { on: hasAdversary ? 'adversarialError' : 'cleanError', epochs, fewest: 5 };
}
