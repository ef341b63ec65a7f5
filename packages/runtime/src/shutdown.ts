import { isUnderNohup } from './nohup.js';

/**
 * Exit codes of every process: 0 done, 1 failed, 2 wrong usage (a ConfigError, an unknown option), 129 its terminal was closed,
 * 130 interrupted by Ctrl-C, 143 told to terminate. The last three are 128 + the signal's number, as shells have it.
 */
export const exitCodes = { done: 0, failure: 1, usage: 2, hungUp: 129, interrupted: 130, terminated: 143 } as const;

const codesBySignal = {
  SIGHUP: exitCodes.hungUp,
  SIGINT: exitCodes.interrupted,
  SIGTERM: exitCodes.terminated,
} as const;

export type ShutdownSignal = keyof typeof codesBySignal;

/** One Ctrl-C may come twice, from the terminal and from npm, or from `timeout`, which signals process and group. */
const sameWishMs = 300;

/**
 * Calls `end` on the first SIGINT, SIGTERM or SIGHUP, for an orderly end: finish the step, write a checkpoint, leave. A second signal
 * ends the process at once. Under nohup a SIGHUP says nothing. Returns a function that leaves signals to Node again.
 */
export function onShutdown(end: (signal: ShutdownSignal, exitCode: number) => void): () => void {
  let wishedAt: number | undefined;
  const handle = (signal: ShutdownSignal) => {
    if (wishedAt === undefined) {
      wishedAt = performance.now();
      end(signal, codesBySignal[signal]);
    } else if (signal !== 'SIGHUP' && performance.now() - wishedAt > sameWishMs) {
      // By the signal's own effect: process.exit would end compute threads under native code, which aborts.
      undo();
      process.kill(process.pid, signal);
    }
    // A terminal that is closed says so twice, by its shell and by the kernel when that is gone: nobody has lost patience.
  };
  const signals = (Object.keys(codesBySignal) as ShutdownSignal[]).filter(
    (signal) => signal !== 'SIGHUP' || !isUnderNohup(),
  );
  const undo = () => {
    for (const signal of signals) process.off(signal, handle);
  };
  for (const signal of signals) process.on(signal, handle);
  return undo;
}
