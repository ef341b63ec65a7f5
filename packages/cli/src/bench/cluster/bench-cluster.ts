import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadDataSet } from '@sparring/data';
import type { EngineName } from '@sparring/engine';
import { checkAgainstData, findNatsServer, howToGetNatsServer, type RunConfig } from '@sparring/runtime';
import { chooseEngine } from '../../host/index.js';
import { plural } from '../../presentation/figures.js';
import { openScreen, type Screen } from '../../presentation/screen.js';
import { wrapped } from '../../presentation/wrapped.js';
import { checkBeforehand } from '../../train/check-beforehand.js';
import { listenForInterruption } from '../../train/interruption.js';
import { thisMachine } from '../../train/this-machine.js';
import { measureMode, type Place } from './measure-mode.js';
import type { ModeName } from './mode-names.js';
import { modeTable } from './mode-table.js';
import { type Mode, modes, ratioOf } from './modes.js';
import { StatusLine } from './status-line.js';
import { Trouble } from './trouble.js';

/** The options of `bench cluster`, as commander hands them over. */
export interface BenchClusterOptions {
  readonly set: readonly string[];
  readonly seconds: number;
  readonly modes: readonly ModeName[];
  readonly json?: boolean;
}

/** `sparring bench cluster`: this process is the coordinator; brokers and workers are processes of their own. */
export async function benchCluster(recipe: string, options: BenchClusterOptions): Promise<void> {
  const natsServer = findNatsServer();
  if (natsServer === null) throw new Error(`there is no nats-server on this machine. To get it: ${howToGetNatsServer}`);
  const plans = options.modes.map((name) => ({ mode: modes[name], config: modes[name].config(recipe, options.set) }));
  const { config } = plans[0]!;
  const dataSet = await loadDataSet(config.data);
  for (const plan of plans) {
    checkAgainstData(plan.config, dataSet);
    await checkBeforehand(plan.config, dataSet);
  }
  const { engine } = await chooseEngine(config, dataSet);
  const screen = openScreen(options);
  introduce(screen, config, engine, options);

  const trouble = new Trouble();
  const interruption = listenForInterruption();
  interruption.signal.addEventListener('abort', () => {
    trouble.report(interruption.error('Stopped: its processes are down, and nothing of it is left.'));
  });
  const folder = await mkdtemp(join(tmpdir(), 'sparring-bench-'));
  try {
    const place = { engine, dataSet, folder, natsServer, seconds: options.seconds, trouble };
    const results: [string, unknown][] = [];
    for (const plan of plans) results.push([plan.mode.name, await compare(plan.mode, plan.config, place, screen)]);
    const { cpu } = thisMachine(engine);
    const machine = { cpu, cores: availableParallelism(), engine };
    screen.result({ recipe: config.name, ...machine, seconds: options.seconds, modes: Object.fromEntries(results) });
  } finally {
    await rm(folder, { recursive: true, force: true });
    interruption.release();
  }
}

/** Measures and shows one mode. Returns its figures for programs. */
async function compare(mode: Mode, config: RunConfig, place: Place, screen: Screen) {
  const { colors } = screen;
  screen.say();
  screen.say(`${colors.bold(mode.name)}  ${mode.title}`);
  const unfit = mode.unfit(config);
  if (unfit !== null) {
    screen.say(`  Not measured: ${unfit}.`);
    return { unfit };
  }
  screen.say(colors.dim(`  ${describe(config)}`));
  const status = new StatusLine(screen);
  status.begin('starting the processes, then measuring …');
  const [first, second] = await measureMode(mode, config, place, (turn, numTurns) =>
    status.change(`measuring, turn ${turn} of ${numTurns} …`),
  ).finally(() => status.clear());
  const [a, b] = mode.entrants;
  const rows = [
    { name: a.name, measured: first },
    { name: b.name, measured: second },
  ];
  for (const line of modeTable(rows, colors)) screen.say(line);
  const ratio = ratioOf(first, second);
  const sentence = mode.verdict(first, second, config);
  for (const line of wrapped(`→ ${capitalized(sentence)}.`, 100)) screen.say(`  ${line}`);
  if (mode.goal !== null) screen.say(`  ${goalLine(ratio, mode.goal, colors)}`);
  return { ratio, goal: mode.goal, advice: sentence, [a.name]: first, [b.name]: second };
}

function introduce(
  screen: Screen,
  config: RunConfig,
  engine: EngineName,
  { seconds, modes }: BenchClusterOptions,
): void {
  const { bold, dim, yellow } = screen.colors;
  const cores = availableParallelism();
  screen.say(`${bold(config.name)}, ${engine}, on ${plural(cores, 'core')} of ${thisMachine(engine).cpu}`);
  const about = Math.ceil((modes.length * (2 * seconds + startingSeconds)) / 60);
  for (const line of [
    `Each mode measures two arrangements in turns, ${seconds} s each: about ${about} min in all. Ctrl-C stops it.`,
    'compute, wire and wait are shares of the workers’ time: computing; holding a lease beyond that, to fetch what',
    'it reads and to return what came of it; and waiting, for each other or for the coordinator’s update.',
  ])
    screen.say(dim(line));
  const busy = loadavg()[0]!;
  if (busy > cores / 4) {
    const few = `Other programs have kept ${busy.toFixed(1)} cores busy in the last minute, of ${cores}`;
    screen.say(yellow(`${few}: what they take is missing here, and ratios of two processes to one suffer most.`));
  }
}

/** Of a mode: to start its processes, to compile, and to end the steps that turns begin. */
const startingSeconds = 15;

function describe({ batch, shards, replicas, localSteps, attack }: RunConfig): string {
  const rounds = replicas > 1 ? [plural(replicas, 'replica'), `rounds of ${localSteps} steps`] : [];
  const name = attack.kind === 'fgsm' ? 'FGSM' : `PGD-${attack.iterations}`;
  return [`batch ${batch}`, plural(shards, 'shard'), ...rounds, name].join(', ');
}

function goalLine(ratio: number, goal: number, { green, yellow }: Screen['colors']): string {
  const what = `the second is ${ratio.toFixed(2)} times as fast as the first; at least ${goal} is aimed at`;
  return ratio >= goal ? green(`✓ ${what}`) : yellow(`✗ ${what}`);
}

function capitalized(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
