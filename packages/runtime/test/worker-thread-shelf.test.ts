import { ThreadLost, ThreadShelf } from '@sparring/runtime';

const module = new URL('worker-misbehaving-thread.js', import.meta.url);
const misbehave = (step: number) => ({ task: { step } });

let shelf: ThreadShelf;
beforeEach(() => {
  shelf = new ThreadShelf();
});
afterEach(() => shelf.close());

test('a thread that is put back is the next one taken, and nobody else’s meanwhile', async () => {
  const first = shelf.take(module);
  const second = shelf.take(module);
  expect(second).not.toBe(first);
  await first.call('open', undefined);
  await shelf.putBack(module, first);
  expect(shelf.take(module)).toBe(first);
  expect(await first.call('advance', misbehave(0))).toEqual({ state: {}, losses: [0] });
  await Promise.all([shelf.putBack(module, first), shelf.putBack(module, second)]);
});

test('a thread that is lost is not kept', async () => {
  const lost = shelf.take(module);
  await lost.call('open', undefined);
  await expect(lost.call('advance', misbehave(2))).rejects.toBeInstanceOf(ThreadLost);
  await shelf.putBack(module, lost);
  const next = shelf.take(module);
  expect(next).not.toBe(lost);
  await shelf.putBack(module, next);
});

test('what is put back after the end is ended too', async () => {
  const late = shelf.take(module);
  await late.call('open', undefined);
  await shelf.close();
  await shelf.putBack(module, late);
  await expect(late.call('advance', misbehave(0))).rejects.toBeInstanceOf(ThreadLost);
});
