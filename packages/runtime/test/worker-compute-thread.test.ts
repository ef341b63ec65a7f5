import { ComputeThread, ThreadLost } from '@sparring/runtime';

const module = new URL('worker-misbehaving-thread.js', import.meta.url);
const misbehave = (step: number) => ({ task: { step } });
const opened: ComputeThread[] = [];

async function open(): Promise<ComputeThread> {
  const thread = new ComputeThread(module);
  opened.push(thread);
  await thread.call('open', undefined);
  return thread;
}

afterAll(async () => {
  await Promise.all(opened.map((thread) => thread.destroy()));
});

test('calls run in order on one thread, and their own errors come back as they are', async () => {
  const thread = await open();
  const first = thread.call('advance', misbehave(1));
  const second = thread.call('advance', misbehave(0));
  await expect(first).rejects.toThrow('the task is at fault');
  await expect(first).rejects.not.toBeInstanceOf(ThreadLost);
  expect(await second).toEqual({ state: {}, losses: [0] });
});

test('a thread that ends during a call is lost, and stays lost', async () => {
  const thread = await open();
  await expect(thread.call('advance', misbehave(2))).rejects.toBeInstanceOf(ThreadLost);
  await expect(thread.call('advance', misbehave(0))).rejects.toBeInstanceOf(ThreadLost);
});

test('a thread ends after the call that it is at, whose result still comes', async () => {
  const thread = await open();
  const slow = thread.call('advance', misbehave(4));
  const destroyed = thread.destroy();
  await expect(thread.call('advance', misbehave(0))).rejects.toBeInstanceOf(ThreadLost);
  expect(await slow).toEqual({ state: {}, losses: [4] });
  await destroyed;
});

test('a thread that hangs is ended in the midst of its call, which is lost', async () => {
  const thread = await open();
  const lost = expect(thread.call('advance', misbehave(3))).rejects.toBeInstanceOf(ThreadLost);
  await thread.destroy(50);
  await lost;
});
