import { type RequestOptions, RequestTimeout } from './bus.js';

/** The answer, unless the caller's signal or time limit comes first. Leaves nothing behind, whichever it is. */
export async function answerWithin<Answer>(
  answer: Promise<Answer>,
  subject: string,
  { signal, timeoutMs }: RequestOptions,
): Promise<Answer> {
  if (!signal && timeoutMs === undefined) return answer;
  let timer: NodeJS.Timeout | undefined;
  let abort = () => {};
  const interrupted = new Promise<never>((_, reject) => {
    if (signal?.aborted) reject(signal.reason);
    abort = () => reject(signal!.reason);
    // Taken away by hand: with a signal of its own to do so, Node 20 forgets one of two listeners that overlap.
    signal?.addEventListener('abort', abort);
    if (timeoutMs !== undefined) timer = setTimeout(() => reject(new RequestTimeout(subject, timeoutMs)), timeoutMs);
  });
  try {
    return await Promise.race([answer, interrupted]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}
