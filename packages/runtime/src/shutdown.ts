/**
 * Exit codes of every process: 0 done, 1 failed, 2 wrong usage (a ConfigError, an unknown option), 130 interrupted by Ctrl-C,
 * 143 told to terminate. The last two are 128 + the signal's number, as shells have it.
 */
export const exitCodes = { done: 0, failure: 1, usage: 2, interrupted: 130, terminated: 143 } as const;

export type ShutdownSignal = 'SIGINT' | 'SIGTERM';

/** One Ctrl-C may come twice, from the terminal and from npm, or from `timeout`, which signals process and group. */
const sameWishMs = 300;

/**
 * Calls `end` on the first SIGINT or SIGTERM, for an orderly end: finish the step, write a checkpoint, leave. A second signal ends the
 * process at once. Returns a function that leaves signals to Node again.
 */
export function onShutdown(end: (signal: ShutdownSignal, exitCode: number) => void): () => void {
  let wishedAt: number | undefined;
  const handle = (signal: ShutdownSignal) => {
    if (wishedAt === undefined) {
      wishedAt = performance.now();
      end(signal, signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.terminated);
    } else if (performance.now() - wishedAt > sameWishMs) {
      // By the signal's own effect: process.exit would end compute threads under native code, which aborts.
      undo();
      process.kill(process.pid, signal);
    }
  };
  const undo = () => {
    process.off('SIGINT', handle);
    process.off('SIGTERM', handle);
  };
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
  return undo;
}
