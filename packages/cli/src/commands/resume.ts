import { type Command, Option } from 'commander';
import type { ResumeOptions } from '../train/resume-run.js';
import { numberIfAny } from './option-values.js';
import { withPage } from './page-options.js';

export function addResume(program: Command): void {
  withPage(program.command('resume'))
    .summary('go on with an interrupted run')
    .description('Goes on with a run from its last checkpoint, to the same bits as if it had never stopped.')
    .argument('<run>', "the run's folder, its id, or the beginning of its id")
    .addOption(new Option('--trainers <n>', 'as for train; need not be as before').argParser(numberIfAny))
    .addOption(new Option('--attackers <n>', 'as for train; need not be as before').argParser(numberIfAny))
    .option('--out <folder>', 'where runs are looked for by id', 'runs')
    .option('--json', 'print summary.json as the last line of stdout, and all else on stderr')
    .addHelpText(
      'after',
      `
Examples:
  sparring resume runs/demo-s0-20261123-101530-ab12
  sparring resume demo-s0 --trainers 2`,
    )
    .action(async (run: string, options: ResumeOptions) => {
      const { resumeRun } = await import('../train/resume-run.js');
      await resumeRun({ ...options, run });
    });
}
