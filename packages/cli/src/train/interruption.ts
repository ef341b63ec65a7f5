import { onShutdown } from '@sparring/runtime';
import { Interrupted } from './interrupted.js';

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

export function listenForInterruption(onFirst: () => void): Interruption {
  const controller = new AbortController();
  let exitCode = 0;
  const release = onShutdown((_, code) => {
    exitCode = code;
    onFirst();
    controller.abort();
  });
  const { signal } = controller;
  const error = (words: string) => new Interrupted(words, exitCode);
  return { signal, error, release, unless: (promise, words) => race(signal, promise, () => error(words())) };
}

async function race<Value>(signal: AbortSignal, promise: Promise<Value>, reason: () => Error): Promise<Value> {
  // What becomes of it after the signal concerns nobody.
  promise.catch(() => {});
  let abort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(reason());
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    if (abort) signal.removeEventListener('abort', abort);
  }
}
