import { type Command, InvalidArgumentError, Option } from 'commander';
import type { BenchOptions } from '../bench/bench-engine.js';
import type { BenchClusterOptions } from '../bench/cluster/bench-cluster.js';
import { type ModeName, modeNames } from '../bench/cluster/mode-names.js';
import type { BenchWatchOptions } from '../bench/watch/bench-watch.js';
import { numberAtLeast, wholeNumber } from './number-options.js';
import { collect } from './option-values.js';

export function addBench(program: Command): void {
  const bench = program
    .command('bench')
    .summary('time what this machine makes of it')
    .description('Times parts of sparring on this machine.');
  bench
    .command('engine')
    .description(
      'Times the fused adversarial step of the 240-unit maxout net on one thread, and beside it the same matrix products alone, which no compiler could save.',
    )
    .addOption(
      new Option('--engine <engine>', 'what computes')
        .choices(['onnx:cpu', 'onnx:webgpu', 'onnx:cuda'])
        .default('onnx:cpu'),
    )
    .option('--seconds <s>', 'how long to measure', numberAtLeast(0.1), 10)
    .option('--json', 'print the figures as JSON on the last line of stdout')
    .addHelpText(
      'after',
      `
Examples:
  sparring bench engine
  sparring bench engine --seconds 30 --json

Close other programs: what they take is missing here.`,
    )
    .action(async (options: BenchOptions) => {
      const { benchEngine } = await import('../bench/bench-engine.js');
      await benchEngine(options);
    });
  bench
    .command('cluster')
    .description(
      'Times training by processes that talk over NATS: a lone trainer, local steps, gradients exchanged at every step, and attacks fused and split off. It says where the time goes, and how many trainers the run gains from.',
    )
    .argument('[recipe]', 'what to train, as for train', 'maxout-240')
    .option('--set <key=value>', 'change an option of the recipe; may be given several times', collect)
    .option('--seconds <s>', 'how long to measure each of the two that are compared', numberAtLeast(0.1), 6)
    .addOption(
      new Option('--modes <names>', `what to measure, with commas between: ${modeNames.join(', ')}`)
        .argParser(modesNamed)
        .default(modeNames, 'all'),
    )
    .option('--json', 'print the figures as JSON on the last line of stdout')
    .addHelpText(
      'after',
      `
Examples:
  sparring bench cluster
  sparring bench cluster demo --modes exchange,rounds
  sparring bench cluster maxout-240 --set shards=4 --set batch=1024 --seconds 20

It starts NATS servers and workers of its own, and ends them. All of them share this machine: close other programs.`,
    )
    .action(async (recipe: string, options: Omit<BenchClusterOptions, 'set'> & { set?: readonly string[] }) => {
      const { benchCluster } = await import('../bench/cluster/bench-cluster.js');
      await benchCluster(recipe, { ...options, set: options.set ?? [] });
    });
  bench
    .command('watch')
    .description(
      'Times training while it is watched: with metrics that are scraped against none, and with five pages that read the event stream against none.',
    )
    .argument('[recipe]', 'what to train, as for train', 'maxout-240')
    .option('--set <key=value>', 'change an option of the recipe; may be given several times', collect)
    .option('--seconds <s>', 'how long to measure each of the two that are compared', numberAtLeast(0.1), 60)
    .option('--processes <n>', 'how many processes of each, one after the other', wholeNumber(1), 9)
    .option('--every <s>', 'how often metrics are scraped', numberAtLeast(0.1), 1)
    .option('--json', 'print the figures as JSON on the last line of stdout')
    .addHelpText(
      'after',
      `
Examples:
  sparring bench watch
  sparring bench watch --every 5 --seconds 300
  sparring bench watch demo --set trainers=1

It starts processes of its own, and ends them. All of them share this machine: close other programs.`,
    )
    .action(async (recipe: string, options: Omit<BenchWatchOptions, 'set'> & { set?: readonly string[] }) => {
      const { benchWatch } = await import('../bench/watch/bench-watch.js');
      await benchWatch(recipe, { ...options, set: options.set ?? [] });
    });
}

function modesNamed(value: string): ModeName[] {
  const names = value.split(',').map((name) => name.trim());
  const isMode = (name: string): name is ModeName => (modeNames as readonly string[]).includes(name);
  if (names.every(isMode)) return modeNames.filter((name) => names.includes(name));
  throw new InvalidArgumentError(`It takes ${modeNames.join(', ')}, with commas between.`);
}
