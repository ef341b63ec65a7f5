import { exitCodes } from '@sparring/runtime';
import { Interrupted } from './interrupted.js';

/** What to tell the user of an error, and how the process ends. With SPARRING_DEBUG the stack is told too. */
export function explainFailure(error: unknown): { message: string; exitCode: number } {
  const debug = process.env.SPARRING_DEBUG;
  if (error instanceof Interrupted) return { message: error.message, exitCode: error.exitCode };
  const message = error instanceof Error ? error.message : String(error);
  const stack = debug && debug !== '0' && error instanceof Error ? `\n${error.stack}` : '';
  const exitCode = isUsageError(error) ? exitCodes.usage : exitCodes.failure;
  return { message: `sparring: ${message || 'failed without saying why'}${stack}`, exitCode };
}

// By name: loading what defines these errors would slow every command down.
function isUsageError(error: unknown): boolean {
  return error instanceof Error && (error.name === 'ConfigError' || error.name === 'UsageError');
}
