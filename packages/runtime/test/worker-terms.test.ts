import { clusterSubjects, coordinatorSilenceMs } from '@sparring/protocol';
import { ClusterWorker, InProcessBus } from '@sparring/runtime';

/** By which the clock goes before. */
let aheadMs = 0;
beforeEach(() => {
  const now = performance.now.bind(performance);
  Object.defineProperty(performance, 'now', { value: () => now() + aheadMs, configurable: true });
});
afterEach(() => {
  Reflect.deleteProperty(performance, 'now');
});

test('a worker heeds no earlier term than it knows, unless nobody has spoken in that one for a silence', async () => {
  const bus = new InProcessBus();
  const { beat } = clusterSubjects().coordinator;
  const open = () => Promise.reject(new Error('nothing is computed here'));
  let serves = (_: number) => {};
  const onEvent = (event: { kind: string; term?: number }) => event.kind === 'serving' && serves(event.term!);
  const worker = new ClusterWorker({ bus, role: 'trainer', open, onEvent });
  const served = (term: number) =>
    new Promise<void>((resolve) => {
      serves = (of) => of === term && resolve();
      bus.publish(beat, { coordinatorId: `coordinator-${term}`, term, run: 'demo' });
    });
  await served(7);
  bus.publish(beat, { coordinatorId: 'coordinator-1', term: 1, run: 'demo' });
  await null;
  expect(bus.refused).toEqual({ 'old-term': 1 });
  aheadMs = coordinatorSilenceMs;
  await served(1);
  expect(bus.refused).toEqual({ 'old-term': 1 });
  await worker.stop();
});
