/** Of longer ones Node makes one millisecond. */
const longestTimerMs = 2 ** 31 - 1;

/** Waits for a computation, for so long at most. @throws the signal's reason once that is aborted */
export async function computedWithin<Value>(
  ms: number,
  signal: AbortSignal,
  computation: Promise<Value>,
): Promise<Value | 'hung'> {
  // It may end when nobody waits for it any more.
  computation.catch(() => {});
  signal.throwIfAborted();
  let timer: NodeJS.Timeout | undefined;
  let abort = () => {};
  const end = new Promise<'hung'>((resolve, reject) => {
    timer = setTimeout(() => resolve('hung'), Math.min(ms, longestTimerMs));
    abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort);
  });
  try {
    return await Promise.race([computation, end]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}
