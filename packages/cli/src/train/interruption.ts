import { exitCodes, onShutdown } from '@sparring/runtime';
import { Interrupted } from '../presentation/interrupted.js';
import { untilAborted } from './until-aborted.js';

/** The user's wish to stop, in place of an abrupt end: the first Ctrl-C aborts the signal, a second one ends the process. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** The error to end with once the signal is aborted; `words` say what was reached and how to go on. */
  error(words: string): Interrupted;
  /** Waits for a promise that knows nothing of the signal, no longer than until it is aborted. */
  unless<Value>(promise: Promise<Value>, words: () => string): Promise<Value>;
  /** Leaves signals to Node again. */
  release(): void;
}

export function listenForInterruption(): Interruption {
  const controller = new AbortController();
  const { signal } = controller;
  let code: number = exitCodes.interrupted;
  const release = onShutdown((_, exitCode) => {
    code = exitCode;
    controller.abort();
  });
  const error = (words: string) => new Interrupted(words, code);
  return {
    signal,
    error,
    unless: (promise, words) => untilAborted(signal, promise, () => error(words())),
    release,
  };
}
