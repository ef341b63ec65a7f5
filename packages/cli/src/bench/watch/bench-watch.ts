import { availableParallelism, loadavg } from 'node:os';
import { loadDataSet } from '@sparring/data';
import type { EngineName } from '@sparring/engine';
import { checkAgainstData, type RunConfig, resolveConfig } from '@sparring/runtime';
import { chooseEngine, planWorkers } from '../../host/index.js';
import { count, plural } from '../../presentation/figures.js';
import { openScreen, type Screen } from '../../presentation/screen.js';
import { workersLine } from '../../presentation/workers-line.js';
import { checkBeforehand } from '../../train/check-beforehand.js';
import { listenForInterruption } from '../../train/interruption.js';
import { thisMachine } from '../../train/this-machine.js';
import { StatusLine } from '../cluster/status-line.js';
import { Trouble } from '../cluster/trouble.js';
import { type Comparison, comparisons } from './arrangement.js';
import { type Compared, compareSpeed, type Place } from './compare-speed.js';

/** The options of `bench watch`, as commander hands them over. */
export interface BenchWatchOptions {
  readonly set: readonly string[];
  readonly seconds: number;
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
    const place = { config: { ...config, engine }, engine, seconds: options.seconds, trouble };
    const results: [string, unknown][] = [];
    for (const comparison of comparisons) results.push([comparison.name, await show(comparison, place, screen)]);
    const machine = { cpu: thisMachine(engine).cpu, cores: availableParallelism(), engine };
    screen.result({ recipe: config.name, ...machine, seconds: options.seconds, ...Object.fromEntries(results) });
  } finally {
    interruption.signal.removeEventListener('abort', onAbort);
    interruption.release();
  }
}

/** Measures and shows one comparison. Returns its figures for programs. */
async function show({ name, title, plain, watched, goal }: Comparison, place: Place, screen: Screen) {
  const { bold, dim, green, yellow } = screen.colors;
  screen.say();
  screen.say(`${bold(name)}  ${title}`);
  const status = new StatusLine(screen);
  status.begin('starting the processes, then measuring …');
  const compared = await compareSpeed({ name, title, plain, watched, goal }, place, (pair, numPairs) =>
    status.change(`measuring, pair ${pair} of ${numPairs} …`),
  ).finally(() => status.clear());
  const { ratio, middleHalf, rates, seen } = compared;
  for (const [i, arrangement] of [plain, watched].entries()) {
    screen.say(`  ${arrangement.name.padEnd(24)}${bold(count(rates[i]!).padStart(10))} examples/s`);
  }
  screen.say(dim(`  ${sight(compared)}`));
  const half = middleHalf.map((each) => each.toFixed(3)).join(' to ');
  const words = `${ratio.toFixed(3)} times as fast (half of ${compared.numPairs} pairs: ${half}); at least ${goal} is aimed at`;
  screen.say(`  ${ratio >= goal ? green(`✓ ${words}`) : yellow(`✗ ${words}`)}`);
  return { ratio, goal, middleHalf, [plain.name]: rates[0], [watched.name]: rates[1], seen };
}

function sight({ seen: { scrapes, messages } }: Compared): string {
  return scrapes > 0 ? `${plural(scrapes, 'scrape')} were answered` : `${plural(messages, 'message')} were read`;
}

function introduce(screen: Screen, config: RunConfig, engine: EngineName, { seconds }: BenchWatchOptions): void {
  const { bold, dim, yellow } = screen.colors;
  const cores = availableParallelism();
  screen.say(`${bold(config.name)}, ${engine}, on ${plural(cores, 'core')} of ${thisMachine(engine).cpu}`);
  screen.say(dim(`by ${workersLine(planWorkers(config, cores, engine))}`));
  const about = Math.ceil((comparisons.length * (4 * seconds + 20)) / 60);
  screen.say(
    dim(`Two arrangements at a time, in turns, ${seconds} s each: about ${about} min in all. Ctrl-C stops it.`),
  );
  const busy = loadavg()[0]!;
  if (busy > cores / 4) {
    const kept = `Other programs have kept ${busy.toFixed(1)} cores busy in the last minute, of ${cores}`;
    screen.say(yellow(`${kept}: a percent more or less cannot be told so.`));
  }
}
