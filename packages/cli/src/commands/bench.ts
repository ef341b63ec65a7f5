import { type Command, Option } from 'commander';
import type { BenchOptions } from '../bench/bench-engine.js';
import { numberAtLeast } from './number-options.js';

export function addBench(program: Command): void {
  const bench = program
    .command('bench')
    .summary('time what this machine makes of it')
    .description('Times parts of sparring on this machine.');
  bench
    .command('engine')
    .description(
      'Times the fused adversarial step of the 240-unit maxout net on one thread, and beside it the same matrix\nproducts alone, which no compiler could save.',
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
}
