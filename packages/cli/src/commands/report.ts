import type { Command } from 'commander';
import type { ReportOptions } from '../report/write-report.js';

export function addReport(program: Command): void {
  program
    .command('report')
    .summary('write a run down in one HTML file')
    .description(
      "Writes what a run's page shows as one file of HTML that needs nothing else: results, curves as SVG, adversarial examples, digests.",
    )
    .argument('<run>', "the run's folder, its id, or the beginning of its id")
    .option('--out <file>', "the file that is written; where left out, report.html in the run's folder; - for stdout")
    .option('--csv', 'write the numbers as CSV instead, by default to report.csv')
    .option('--runs <folder>', 'where runs are looked for by id', 'runs')
    .addHelpText(
      'after',
      `
Examples:
  sparring report demo-s0
  sparring report runs/demo-s0-20261123-101530-ab12 --out demo.html
  sparring report demo-s0 --csv --out - | head`,
    )
    .action(async (run: string, options: ReportOptions) => {
      const { writeReport } = await import('../report/write-report.js');
      await writeReport(run, options);
    });
}
