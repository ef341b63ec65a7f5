import {
  type Lease,
  type RunSettings,
  subjectsOf,
  type Task,
  type WorkReply,
  type WorkResult,
} from '@sparring/protocol';
import { InProcessBus, ThreadComputer, type WorkerEvent, WorkLoop } from '@sparring/runtime';

const subjects = subjectsOf('test');
const module = new URL('misbehaving-thread.js', import.meta.url);
const settings: RunSettings = {
  ...{ run: 'test', term: 1, engine: 'onnx:cpu', definition: '{}', data: '{}', dataChecksum: '', stepsPerCall: 1 },
};

/** What the thread does with a task by its step. */
const does = { compute: 0, throw: 1, end: 2, hang: 3, takeTime: 4 };

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A worker on a real thread, and what a coordinator hears of it. Its tasks are given in order; then it waits, or is told to leave. */
async function work(steps: readonly number[], { durationMs = 60_000 } = {}) {
  const bus = new InProcessBus();
  const heard = {
    joined: [] as string[],
    left: [] as string[],
    results: [] as WorkResult[],
    events: [] as WorkerEvent[],
  };
  let given = 0;
  const lease = (step: number): Lease => {
    const task: Task = { kind: 'advance', step, numSteps: 1 };
    return { leaseId: `${given}`, term: 1, task, inputs: {}, durationMs };
  };
  const closing = [
    bus.serve(subjects.membership.join, ({ workerId }) => {
      heard.joined.push(workerId);
      return settings;
    }),
    bus.subscribe(subjects.membership.leave, ({ workerId }) => heard.left.push(workerId)),
    bus.serve(subjects.work.ask, (): WorkReply => {
      const step = steps[given++];
      if (step !== undefined) return { kind: 'lease', lease: lease(step) };
      return { kind: 'leave' };
    }),
    bus.serve(subjects.work.return, (result) => {
      heard.results.push(result);
      return 'accepted';
    }),
  ];
  const loop = new WorkLoop({
    ...{ bus, subjects, role: 'trainer' },
    open: (given) => ThreadComputer.open(module, given, async () => null),
    onEvent: (event) => heard.events.push(event),
  });
  stops.push(() => loop.stop());
  await loop.start();
  const closeBus = () => {
    for (const close of closing) close();
  };
  return { loop, heard, closeBus };
}

test('a worker joins, computes what it is leased, returns it, and leaves when told to', async () => {
  const { loop, heard } = await work([does.compute, does.compute]);
  await loop.finished;
  expect(heard.joined).toHaveLength(1);
  expect(heard.results).toMatchObject([0, 1].map(() => ({ outcome: { kind: 'output', output: { losses: [0] } } })));
  expect(heard.results[0]!.computeMs).toBeGreaterThan(0);
});

test("a task's own error is returned as a failure, and the worker goes on", async () => {
  const { loop, heard } = await work([does.throw, does.compute]);
  await loop.finished;
  expect(heard.joined).toHaveLength(1);
  expect(heard.results.map(({ outcome }) => outcome.kind)).toEqual(['failure', 'output']);
  expect(heard.results[0]!.outcome).toMatchObject({ message: 'the task is at fault' });
});

test('a worker whose thread ends leaves, and joins anew with another thread under another id', async () => {
  const { loop, heard } = await work([does.compute, does.end, does.compute]);
  await loop.finished;
  const [first, second] = heard.joined;
  expect(heard.joined).toHaveLength(2);
  expect(second).not.toBe(first);
  expect(heard.left[0]).toBe(first);
  expect(heard.results.map(({ workerId }) => workerId)).toEqual([first, second]);
  expect(heard.events).toContainEqual({ kind: 'thread-lost', workerId: first, reason: 'the compute thread ended' });
});

test('a thread that outlasts its lease is replaced', async () => {
  const { loop, heard } = await work([does.compute, does.hang, does.compute], { durationMs: 300 });
  await loop.finished;
  expect(heard.joined).toHaveLength(2);
  expect(heard.left[0]).toBe(heard.joined[0]);
  expect(heard.results).toHaveLength(2);
  expect(heard.events.find(({ kind }) => kind === 'thread-lost')).toMatchObject({
    reason: 'no answer within the lease of 300 ms',
  });
});

test('a worker that is stopped in the middle of a task leaves at once, and ends with the task, which it does not return', async () => {
  const { loop, heard } = await work([does.takeTime]);
  const stopped = loop.stop();
  await new Promise((resolve) => setImmediate(resolve));
  expect(heard.left).toEqual(heard.joined);
  await stopped;
  expect(heard.results).toEqual([]);
});

test('a worker whose coordinator has closed is done', async () => {
  const { loop, heard, closeBus } = await work([does.compute, does.compute, does.compute]);
  closeBus();
  await loop.finished;
  expect(heard.joined).toHaveLength(1);
});
