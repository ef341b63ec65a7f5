import { createRequire } from 'node:module';
import { Command } from 'commander';
import { addBench } from './bench.js';
import { addCancel } from './cancel.js';
import { addCompare } from './compare.js';
import { addCoordinator } from './coordinator.js';
import { addCredentials } from './credentials.js';
import { addDashboard } from './dashboard.js';
import { addDoctor } from './doctor.js';
import { addEvaluate } from './evaluate.js';
import { addFollow } from './follow.js';
import { addHelp } from './help.js';
import { addRecipes } from './recipes.js';
import { addReport } from './report.js';
import { addResume } from './resume.js';
import { addStatus } from './status.js';
import { addSweep, addSweeps } from './sweep.js';
import { addTrain } from './train.js';
import { addUp } from './up.js';
import { addVerify } from './verify.js';
import { addWorkers } from './workers.js';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

const commands = [
  ...[
    addTrain,
    addResume,
    addDashboard,
    addReport,
    addCompare,
    addEvaluate,
    addVerify,
    addSweep,
    addSweeps,
    addRecipes,
    addDoctor,
    addBench,
  ],
  ...[addUp, addStatus, addFollow, addCancel, addCoordinator, addWorkers, addCredentials],
];

/** The `sparring` command with all its subcommands. What computes is loaded by the subcommand that needs it. */
export function createProgram(): Command {
  const program = new Command('sparring')
    .description('Trains neural networks against an adversary; the result is the same to the bit, whoever computes it.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    // What comes after a subcommand is its own: `sweep` and its subcommands have options of the same names.
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .showHelpAfterError('See: sparring --help')
    .exitOverride()
    .addHelpText(
      'after',
      `
Examples:
  sparring train demo            a net learns to withstand the attack that fools its twin, in about a minute
  sparring recipes               what else there is to train
  sparring doctor                what this machine has, and what it could have

Exit codes: 0 done, 1 failed, 2 wrong usage or configuration, 129 its terminal was closed, 130 interrupted, 143 ended
by SIGTERM.
SPARRING_DEBUG=1 adds the stack trace to a failure, NO_COLOR=1 takes the colours away.`,
    );
  for (const add of commands) add(program);
  addHelp(program);
  for (const command of program.commands) settle(command, 'sparring');
  return program;
}

/** Every subcommand fails and points to its help in the same way. */
function settle(command: Command, parent: string): void {
  const path = `${parent} ${command.name()}`;
  command.exitOverride().showSuggestionAfterError().showHelpAfterError(`See: ${path} --help`);
  command.helpOption('-h, --help', 'print this help');
  for (const child of command.commands) settle(child, path);
}
