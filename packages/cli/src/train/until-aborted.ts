/** Waits for a promise that knows nothing of a signal, no longer than until that is aborted. @throws the reason */
export async function untilAborted<Value>(
  signal: AbortSignal,
  promise: Promise<Value>,
  reason: () => unknown = () => signal.reason,
): Promise<Value> {
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(reason());
  });
  // Whichever comes second concerns nobody.
  for (const either of [promise, aborted]) either.catch(() => {});
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
