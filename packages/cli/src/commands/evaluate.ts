import { type Command, Option } from 'commander';
import type { EvaluateOptions } from '../evaluate/evaluate-options.js';
import { numberAtLeast, wholeNumber } from './number-options.js';

export function addEvaluate(program: Command): void {
  program
    .command('evaluate')
    .summary('measure a trained net under attacks of your choice')
    .description(
      'Measures the net of a run, and its twin, on the test examples: error and mean confidence on the mistakes.',
    )
    .argument('<run>', "the run's folder, its id, or the beginning of its id")
    .addOption(new Option('--attack <attack>', 'what it faces').choices(['clean', 'fgsm', 'pgd', 'all']).default('all'))
    .option('--epsilon <e>', 'radius of the attack in input units; as configured where left out', numberAtLeast(0))
    .option('--clip', "clip attacked inputs to the data's bounds")
    .option('--no-clip', 'do not clip them; as configured where neither is given')
    .option('--iterations <n>', 'iterations of PGD; as configured where left out', wholeNumber(1))
    .option('--out <folder>', 'where runs are looked for by id', 'runs')
    .option('--json', 'print the result as JSON on the last line of stdout')
    .addHelpText(
      'after',
      `
Examples:
  sparring evaluate demo-s0
  sparring evaluate runs/demo-s0-20261123-101530-ab12 --attack fgsm --epsilon .3
  sparring evaluate demo-s0 --attack pgd --iterations 100 --no-clip --json`,
    )
    .action(async (run: string, options: EvaluateOptions) => {
      const { evaluateRun } = await import('../evaluate/evaluate-run.js');
      await evaluateRun({ ...options, run });
    });
}
