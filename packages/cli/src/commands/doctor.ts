import { exitCodes } from '@sparring/runtime';
import type { Command } from 'commander';

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .summary('what this machine has, and what it could have')
    .description('Looks for everything that sparring uses: what is there, what is missing, and how to get it.')
    .option('--out <folder>', 'where runs are kept', 'runs')
    .option('--json', 'print the findings as JSON on one line')
    .addHelpText(
      'after',
      `
Examples:
  sparring doctor
  sparring doctor --json

It exits with 1 only where something is missing that sparring cannot do without.`,
    )
    .action(async (options: { readonly out: string; readonly json?: boolean }) => {
      const { examine } = await import('../doctor/examine.js');
      const healthy = await examine(options);
      if (!healthy) process.exitCode = exitCodes.failure;
    });
}
