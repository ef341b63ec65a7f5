/**
 * Exit codes of every process: 0 done, 1 failed, 2 wrong usage (a ConfigError, an unknown option), 130 interrupted by Ctrl-C,
 * 143 told to terminate. The last two are 128 + the signal's number, as shells have it.
 */
export const exitCodes = { done: 0, failure: 1, usage: 2, interrupted: 130, terminated: 143 } as const;

export type ShutdownSignal = 'SIGINT' | 'SIGTERM';

/**
 * Calls `end` on the first SIGINT or SIGTERM, for an orderly end: finish the step, write a checkpoint, leave. A second signal exits at
 * once. `end` decides how the process exits; where it throws, the process exits with 1 after saying why. Returns a function that undoes it.
 */
export function onShutdown(end: (signal: ShutdownSignal, exitCode: number) => void | Promise<void>): () => void {
  let ending = false;
  const handle = (signal: ShutdownSignal) => {
    const exitCode = signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.terminated;
    if (ending) process.exit(exitCode);
    ending = true;
    Promise.resolve()
      .then(() => end(signal, exitCode))
      .catch((error: unknown) => {
        process.stderr.write(`shutdown failed: ${error instanceof Error ? error.message : String(error)}\n`);
        process.exit(exitCodes.failure);
      });
  };
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
  return () => {
    process.off('SIGINT', handle);
    process.off('SIGTERM', handle);
  };
}
