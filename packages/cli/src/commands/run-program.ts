import { exitCodes } from '@sparring/runtime';
import { type Command, CommanderError } from 'commander';
import { explainFailure } from '../presentation/failure.js';

/** Runs the command line and returns the exit code; a failure becomes one message on stderr. */
export async function runProgram(program: Command, argv: readonly string[]): Promise<number> {
  try {
    await program.parseAsync(argv);
    return Number(process.exitCode ?? exitCodes.done);
  } catch (error) {
    // Commander has said what is wrong, or shown the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    const { message, exitCode } = explainFailure(error);
    process.stderr.write(`${message}\n`);
    return exitCode;
  }
}
