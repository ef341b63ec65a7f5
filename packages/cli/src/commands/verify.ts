import type { Command } from 'commander';
import type { VerifyOptions } from '../verify/verify-options.js';
import { wholeNumber } from './number-options.js';

export function addVerify(program: Command): void {
  program
    .command('verify')
    .summary('recompute a run with other workers and compare the bits')
    .description(
      'Computes a run again from a checkpoint, or from its beginning, with other workers, and compares the digests of\nparameters and optimizer state at the end of every epoch.',
    )
    .argument('<run>', "the run's folder, its id, or the beginning of its id")
    .option('--from <step>', 'begin at the newest checkpoint up to this step; else at step 0', wholeNumber(0))
    .option('--to <step>', 'end at this step; where left out, at the last one recorded', wholeNumber(1))
    .option('--trainers <n>', 'trainers; where left out, others than the run had', wholeNumber(1))
    .option('--attackers <n>', 'attackers; where left out, others than the run had', wholeNumber(0))
    .option('--twin', "verify the run's twin")
    .option('--json', 'print what was compared as JSON on the last line of stdout')
    .option('--out <folder>', 'where runs are looked for by id', 'runs')
    .addHelpText(
      'after',
      `
Examples:
  sparring verify demo-s0 --to 1000
  sparring verify runs/demo-s0-20261123-101530-ab12 --trainers 2 --attackers 2

It exits with 1 at the first difference.`,
    )
    .action(async (run: string, options: VerifyOptions) => {
      const { verifyRun } = await import('../verify/verify-run.js');
      await verifyRun({ ...options, run });
    });
}
