import type { Task } from '@sparring/protocol';
import { NoResponders, RequestTimeout, ServiceFault } from '@sparring/runtime';
import { advance, openWorker, work } from './worker-coordinator.ts';

const pass = (step: number): Task => ({ kind: 'pass', part: 'clean', step, shard: 0 });

test('a state that the thread holds is not fetched again, and neither are its parameters', async () => {
  const heard = await work([advance(5), advance(6), pass(7), pass(6)]);
  expect(heard.fetched).toEqual(['state 5', 'parameters 6']);
  expect(heard.results.map(({ outcome }) => outcome)).toMatchObject([
    { output: { state: { bias: Float32Array.of(5) } } },
    { output: { state: {} } },
    { output: { gradients: {} } },
    { output: { gradients: { bias: Float32Array.of(6) } } },
  ]);
});

test('with several replicas it is: what the thread came to is not what the round came to', async () => {
  const heard = await work([advance(5), advance(6), pass(7)], { settings: { replicas: 2 } });
  expect(heard.fetched).toEqual(['state 5', 'state 6', 'parameters 7']);
  expect(heard.results[1]!.outcome).toMatchObject({ output: { state: { bias: Float32Array.of(6) } } });
});

test('what a worker came to and was refused is not gone on from', async () => {
  const heard = await work([advance(5), advance(6)], { receipts: ['refused'] });
  expect(heard.fetched).toEqual(['state 5', 'state 6']);
});

test('what a task that failed has left is not gone on from', async () => {
  const heard = await work([advance(0), advance(1), advance(1)]);
  expect(heard.fetched).toEqual(['state 0', 'state 1']);
  expect(heard.results.map(({ outcome }) => outcome.kind)).toEqual(['advance', 'failure', 'failure']);
});

test('a worker that joined anew has nothing in hand', async () => {
  const heard = await work([advance(8), pass(2), advance(9)]);
  expect(heard.joins).toHaveLength(2);
  expect(heard.fetched).toEqual(['state 8', 'parameters 2', 'state 9']);
});

test('a task whose step is gone leads to the next question, and to no result', async () => {
  const tensorsOf = ({ step }: { step: number }) => (step === 5 ? null : { bias: Float32Array.of(step) });
  const heard = await work([advance(5), pass(5), advance(6)], { tensorsOf });
  expect(heard.fetched).toEqual(['state 5', 'parameters 5', 'state 6']);
  expect(heard.asks).toEqual([1, 2, 3, 4]);
  expect(heard.results).toMatchObject([{ leaseId: '3' }]);
});

test.each([
  new NoResponders('parameters'),
  new RequestTimeout('parameters', 1_000),
  new ServiceFault('the coordinator is out of sorts'),
])("what hinders a fetch on the bus is no fault of the task's: %s", async (error) => {
  const tensorsOf = ({ step }: { step: number }) =>
    step === 5 ? Promise.reject(error) : { bias: Float32Array.of(step) };
  const heard = await work([advance(5), pass(5), advance(6)], { tensorsOf });
  expect(heard.asks).toEqual([1, 2, 3, 4]);
  expect(heard.results).toMatchObject([{ leaseId: '3', outcome: { kind: 'advance' } }]);
});

test('a fetch that is not answered ends when the worker is stopped', async () => {
  let asked = () => {};
  const fetching = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const tensorsOf = () => {
    asked();
    return new Promise<never>(() => {});
  };
  const { loop, heard } = openWorker([advance(5)], { tensorsOf });
  await loop.start();
  await fetching;
  await loop.stop();
  expect(heard.results).toEqual([]);
  expect(heard.left).toHaveLength(1);
});
