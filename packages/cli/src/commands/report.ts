import type { Command } from 'commander';
import type { ReportOptions } from '../report/write-report.js';

export function addReport(program: Command): void {
  program
    .command('report')
    .summary('write a run or a sweep down in one HTML file')
    .description(
      "Writes what the page of a run or a sweep shows as one file of HTML that needs nothing else: results, curves as SVG, a run's adversarial examples and digests, a sweep's comparison with its baseline.",
    )
    .argument('<run>', "the run's folder, its id, or the beginning of its id; or a sweep's id, or its beginning")
    .option(
      '--out <file>',
      "the file that is written; where left out, report.html in the run's folder, a sweep's beside its runs; - for stdout",
    )
    .option('--csv', 'write the numbers as CSV instead, by default to a file that ends so')
    .option('--runs <folder>', 'where runs and sweeps are looked for by id', 'runs')
    .addHelpText(
      'after',
      `
Examples:
  sparring report demo-s0
  sparring report runs/demo-s0-20261123-101530-ab12 --out demo.html
  sparring report demo-s0 --csv --out - | head
  sparring report demo-1a2b3c4d`,
    )
    .action(async (run: string, options: ReportOptions) => {
      const { writeReport } = await import('../report/write-report.js');
      await writeReport(run, options);
    });
}
