import { type RequestOptions, RequestTimeout } from './bus.js';

/** The answer, unless the caller's signal or time limit comes first. Leaves nothing behind, whichever it is. */
export async function answerWithin<Answer>(
  answer: Promise<Answer>,
  subject: string,
  { signal, timeoutMs }: RequestOptions,
): Promise<Answer> {
  if (!signal && timeoutMs === undefined) return answer;
  const leave = new AbortController();
  const interrupted = new Promise<never>((_, reject) => {
    if (signal?.aborted) reject(signal.reason);
    signal?.addEventListener('abort', () => reject(signal.reason), { signal: leave.signal });
    if (timeoutMs === undefined) return;
    const timer = setTimeout(() => reject(new RequestTimeout(subject, timeoutMs)), timeoutMs);
    leave.signal.addEventListener('abort', () => clearTimeout(timer));
  });
  try {
    return await Promise.race([answer, interrupted]);
  } finally {
    leave.abort();
  }
}
