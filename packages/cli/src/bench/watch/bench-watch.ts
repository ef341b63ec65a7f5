import { availableParallelism, loadavg } from 'node:os';
import { loadDataSet } from '@sparring/data';
import type { EngineName } from '@sparring/engine';
import { checkAgainstData, type RunConfig, resolveConfig } from '@sparring/runtime';
import { chooseEngine, planWorkers } from '../../host/index.js';
import { plural } from '../../presentation/figures.js';
import { openScreen, type Screen } from '../../presentation/screen.js';
import { workersLine } from '../../presentation/workers-line.js';
import { checkBeforehand } from '../../train/check-beforehand.js';
import { listenForInterruption } from '../../train/interruption.js';
import { thisMachine } from '../../train/this-machine.js';
import { StatusLine } from '../cluster/status-line.js';
import { Trouble } from '../cluster/trouble.js';
import { comparisonsOf } from './arrangement.js';
import { compare } from './compare.js';
import { findingsOf } from './findings.js';
import { showFindings } from './show-findings.js';

/** The options of `bench watch`, as commander hands them over. */
export interface BenchWatchOptions {
  readonly set: readonly string[];
  readonly seconds: number;
  /** Of each arrangement, one after the other. */
  readonly processes: number;
  /** Seconds from one scrape to the next. */
  readonly every: number;
  readonly json?: boolean;
}

/** `sparring bench watch`: what it costs a training to be watched. Trainings and onlookers are processes of their own. */
export async function benchWatch(recipe: string, options: BenchWatchOptions): Promise<void> {
  const { config } = resolveConfig({ recipeOrFile: recipe, set: options.set });
  const dataSet = await loadDataSet(config.data);
  checkAgainstData(config, dataSet);
  await checkBeforehand(config, dataSet);
  const { engine } = await chooseEngine(config, dataSet);
  const screen = openScreen(options);
  introduce(screen, { ...config, engine }, engine, options);

  const trouble = new Trouble();
  const interruption = listenForInterruption();
  const onAbort = () => trouble.report(interruption.error('Stopped: its processes are down.'));
  interruption.signal.addEventListener('abort', onAbort);
  try {
    const place = {
      config: { ...config, engine },
      engine,
      trouble,
      seconds: options.seconds,
      numProcesses: options.processes,
    };
    const results: [string, unknown][] = [];
    for (const comparison of comparisonsOf(1_000 * options.every)) {
      const { name, title, goal } = comparison;
      screen.say();
      screen.say(`${screen.colors.bold(name)}  ${title}`);
      const status = new StatusLine(screen);
      status.begin('starting the processes, then measuring …');
      const { rounds, seen } = await compare(comparison, place, (pair, numPairs) =>
        status.change(`measuring, pair ${pair} of ${numPairs} …`),
      ).finally(() => status.clear());
      const findings = findingsOf(rounds);
      showFindings(screen, comparison, findings, seen);
      results.push([name, { goal, ...findings, seen }]);
    }
    const machine = { cpu: thisMachine(engine).cpu, cores: availableParallelism(), engine };
    const asked = { seconds: options.seconds, every: options.every };
    screen.result({ recipe: config.name, ...machine, ...asked, ...Object.fromEntries(results) });
  } finally {
    interruption.signal.removeEventListener('abort', onAbort);
    interruption.release();
  }
}

function introduce(
  screen: Screen,
  config: RunConfig,
  engine: EngineName,
  { seconds, every, processes }: BenchWatchOptions,
): void {
  const { bold, dim, yellow } = screen.colors;
  const cores = availableParallelism();
  screen.say(`${bold(config.name)}, ${engine}, on ${plural(cores, 'core')} of ${thisMachine(engine).cpu}`);
  screen.say(dim(`by ${workersLine(planWorkers(config, cores, engine))}`));
  const about = Math.ceil((comparisonsOf(1_000 * every).length * (3 * seconds + 12 * processes)) / 60);
  screen.say(
    dim(`Two arrangements at a time, in turns, ${seconds} s each: about ${about} min in all. Ctrl-C stops it.`),
  );
  const busy = loadavg()[0]!;
  if (busy > cores / 4) {
    const kept = `Other programs have kept ${busy.toFixed(1)} cores busy in the last minute, of ${cores}`;
    screen.say(yellow(`${kept}: a percent more or less cannot be told so.`));
  }
}
