import { clusterSubjects } from '@sparring/protocol';
import { ClusterWorker, InProcessBus, type Pastime } from '@sparring/runtime';

const { beat } = clusterSubjects().coordinator;

function scene() {
  const bus = new InProcessBus();
  const events: string[] = [];
  const pastime: Pastime = async (signal, tell) => {
    tell('demo-1a2b3c4d/7');
    events.push('begins');
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    await new Promise((resolve) => setImmediate(resolve));
    events.push('is laid down');
  };
  const open = () => Promise.reject(new Error('nothing is computed here'));
  const onEvent = ({ kind }: { kind: string }) => events.push(kind);
  const worker = new ClusterWorker({ bus, role: 'trainer', open, pastime, onEvent });
  const hear = (term: number, run: string) => bus.publish(beat, { coordinatorId: 'coordinator', term, run });
  const until = async (event: string, times = 1) => {
    while (events.filter((other) => other === event).length < times)
      await new Promise((resolve) => setImmediate(resolve));
  };
  return { worker, events, hear, until };
}

test('a worker passes its time while the coordinator has no run, and lays that down before it serves one', async () => {
  const { worker, events, hear, until } = scene();
  hear(1, '');
  await until('begins');
  expect(worker.place.run).toBe('demo-1a2b3c4d/7');
  // Another coordinator that has nothing either is no reason.
  hear(2, '');
  hear(2, 'demo');
  await until('serving');
  expect(events).toEqual(['idle', 'begins', 'is laid down', 'serving']);
  expect(worker.place.run).toBe('');
  hear(2, '');
  await until('begins', 2);
  await worker.stop();
  expect(events.at(-1)).toBe('is laid down');
});

test('a worker that hears of a run first does not begin anything else', async () => {
  const { worker, events, hear, until } = scene();
  hear(1, 'demo');
  await until('serving');
  await worker.stop();
  expect(events).not.toContain('begins');
});

test('a worker that hears no coordinator passes its time after three seconds all the same', async () => {
  const { worker, until } = scene();
  const startedAt = performance.now();
  await until('begins');
  expect(performance.now() - startedAt).toBeGreaterThan(2_900);
  await worker.stop();
});
