import type { Task, WorkReceipt } from '@sparring/protocol';
import { advance, openWorker, work } from './worker-coordinator.ts';

/** What the thread does with a task by its step. */
const does = { compute: 0, throw: 1, end: 2, hang: 3, takeTime: 4 };
const tasks = (...steps: number[]) => steps.map(advance);

test('a worker joins, computes what it is leased, returns it by its kind, and leaves when told to', async () => {
  const heard = await work([advance(does.compute), { kind: 'pass', part: 'clean', step: 5, shard: 3 }]);
  expect(heard.joins).toHaveLength(1);
  expect(heard.asks).toEqual([1, 2, 3]);
  expect(heard.results).toMatchObject([
    { leaseId: '1', term: 7, outcome: { kind: 'advance', output: { losses: [0] } } },
    { leaseId: '2', term: 7, outcome: { kind: 'pass', output: { loss: { clean: 3 } } } },
  ]);
  expect(heard.results[0]!.computeMs).toBeGreaterThan(0);
});

test("a task's own error is returned as a failure, and the worker goes on", async () => {
  const heard = await work(tasks(does.throw, does.compute));
  expect(heard.joins).toHaveLength(1);
  expect(heard.results.map(({ outcome }) => outcome.kind)).toEqual(['failure', 'advance']);
  expect(heard.results[0]!.outcome).toMatchObject({ message: 'the task is at fault' });
});

test('a worker whose thread ends leaves, and joins anew with another thread under another id', async () => {
  const heard = await work(tasks(does.compute, does.end, does.compute));
  const [first, second] = heard.joins.map(({ workerId }) => workerId);
  expect(heard.joins).toHaveLength(2);
  expect(second).not.toBe(first);
  expect(heard.left[0]).toBe(first);
  expect(heard.results.map(({ workerId }) => workerId)).toEqual([first, second]);
  expect(heard.asks).toEqual([1, 2, 1, 2]);
  expect(heard.events).toContainEqual({ kind: 'thread-lost', workerId: first, reason: 'the compute thread ended' });
});

test('a thread that outlasts its lease is replaced', async () => {
  const heard = await work(tasks(does.compute, does.hang, does.compute), {
    durationMs: ({ step }) => (step === does.hang ? 300 : 60_000),
  });
  expect(heard.joins).toHaveLength(2);
  expect(heard.left[0]).toBe(heard.joins[0]!.workerId);
  expect(heard.results).toHaveLength(2);
  expect(heard.events.find(({ kind }) => kind === 'thread-lost')).toMatchObject({
    reason: 'no answer within the lease of 300 ms',
  });
});

test('a thread is given all the time of a lease that is longer than timers are', async () => {
  const heard = await work(tasks(does.compute, does.takeTime), { durationMs: () => 1e12 });
  expect(heard.joins).toHaveLength(1);
  expect(heard.results).toHaveLength(2);
});

test('an answer that came too late is told of, and the worker goes on', async () => {
  const heard = await work(tasks(does.compute, does.compute), { receipts: ['stale'] });
  expect(heard.results).toHaveLength(2);
  const { workerId } = heard.joins[0]!;
  expect(heard.events).toEqual([
    { kind: 'ready', workerId },
    { kind: 'stale', workerId, leaseId: '1' },
  ]);
});

test('a worker tells of each task how long it was waited for, gathered and computed, and how long its result took', async () => {
  const { times, joins } = await work(tasks(does.compute, does.throw));
  const { workerId } = joins[0]!;
  const [performed, returned, ...others] = times;
  expect(performed).toMatchObject({ kind: 'performed', workerId, task: { kind: 'advance' } });
  for (const time of ['waitMs', 'gatherMs', 'computeMs'])
    expect((performed as unknown as Record<string, number>)[time]).toBeGreaterThanOrEqual(0);
  expect(returned).toMatchObject({ kind: 'returned', workerId, receipt: 'accepted' });
  // A task that threw took no time worth telling.
  expect(others.map(({ kind }) => kind)).toEqual(['returned']);
});

test('a worker that is stopped in the middle of a task leaves at once, and ends with the task, which it does not return', async () => {
  const { loop, heard } = openWorker(tasks(does.takeTime));
  await loop.start();
  const stopped = loop.stop();
  await new Promise((resolve) => setImmediate(resolve));
  expect(heard.left).toEqual(heard.joins.map(({ workerId }) => workerId));
  await stopped;
  expect(heard.results).toEqual([]);
});

test('a worker whose coordinator has closed is done', async () => {
  const { loop, heard, close } = openWorker(tasks(does.compute, does.compute, does.compute));
  await loop.start();
  close();
  await loop.finished;
  expect(heard.joins).toHaveLength(1);
});

test('a worker asks for its next lease while the gradients of the last are on their way', async () => {
  const pass = (shard: number): Task => ({ kind: 'pass', part: 'clean', step: 5, shard });
  let ask = (_: WorkReceipt) => {};
  const afterNextAsk = new Promise<WorkReceipt>((resolve) => {
    ask = resolve;
  });
  const onAsk = (number: number) => void (number === 2 && ask('accepted'));
  const heard = await work([pass(0), pass(1)], { receipts: [afterNextAsk], onAsk });
  expect(heard.asks).toEqual([1, 2, 3]);
  expect(heard.results.map(({ leaseId }) => leaseId)).toEqual(['1', '2']);
});
