import { getEventListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { answerWithin } from '../dist/bus/answer-within.js';

describe('an answer that is waited for', () => {
  it('leaves nothing behind on a signal that outlives it, also where several overlap and memory is collected meanwhile', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const { signal } = new AbortController();
    const answers = Array.from({ length: 4 }, () => resolvable());
    const waits = answers.map(({ promise }) => answerWithin(promise, 'a.subject', { signal, timeoutMs: 60_000 }));
    expect(getEventListeners(signal, 'abort')).toHaveLength(4);
    await new Promise((resolve) => setImmediate(resolve));
    collect();
    for (const [index, { resolve }] of answers.entries()) resolve(index);
    expect(await Promise.all(waits)).toEqual([0, 1, 2, 3]);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('gives way to the signal, before and after it is asked', async () => {
    const never = new Promise<never>(() => {});
    const controller = new AbortController();
    const wait = answerWithin(never, 'a.subject', { signal: controller.signal });
    controller.abort(new Error('no longer'));
    await expect(wait).rejects.toThrow('no longer');
    await expect(answerWithin(never, 'a.subject', { signal: controller.signal })).rejects.toThrow('no longer');
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });
});

function resolvable(): { readonly promise: Promise<number>; readonly resolve: (value: number) => void } {
  let resolve: (value: number) => void = () => {};
  const promise = new Promise<number>((take) => {
    resolve = take;
  });
  return { promise, resolve };
}
