import type { Command } from 'commander';
import type { CompareOptions } from '../report/compare-runs.js';

export function addCompare(program: Command): void {
  program
    .command('compare')
    .summary('set runs side by side')
    .description(
      'Sets runs side by side: their errors, their speed, their digests, and where their configurations differ.',
    )
    .argument('<run...>', "runs: a run's folder, its id, or the beginning of its id")
    .option('--html <file>', 'write it as one file of HTML too, with the curves of all in the same plots')
    .option('--runs <folder>', 'where runs are looked for by id', 'runs')
    .option('--json', 'print the comparison as JSON on the last line of stdout')
    .addHelpText(
      'after',
      `
Examples:
  sparring compare demo-s0 demo-s1
  sparring compare runs/* --html comparison.html`,
    )
    .action(async (runs: string[], options: CompareOptions) => {
      const { compareRuns } = await import('../report/compare-runs.js');
      await compareRuns(runs, options);
    });
}
