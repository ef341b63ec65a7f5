import type { Outputs, Task } from '@sparring/protocol';
import { openDesk, type WorkerAtDesk } from './worker-at-desk.ts';

const pass = (step: number): Task => ({ kind: 'pass', part: 'whole', step, shard: 0 });
const output: Outputs['pass'] = { gradients: {}, loss: { clean: 1, adversarial: 1 } };

/** A worker is leased a task, and cannot compute it. */
async function fail(worker: WorkerAtDesk, message = 'out of memory'): Promise<void> {
  expect(worker.fail((await worker.ask())!, message)).toBe('accepted');
}

test('a failed task is for a worker that has not tried it, however long that is busy', async () => {
  const { desk, hire, ledger } = openDesk();
  const [broken, busy] = [hire('trainer'), hire('trainer')];
  const first = desk.perform(pass(0));
  const held = (await busy.ask())!;
  const performed = desk.perform(pass(1));
  await fail(broken);
  const waiting = broken.ask();
  busy.give(held, output);
  await first;
  const lease = (await busy.ask())!;
  expect(lease.task).toEqual(pass(1));
  busy.give(lease, output);
  expect(await performed).toBe(output);
  expect(ledger.releases).toBe(1);
  void desk.perform(pass(2));
  expect((await waiting)!.task).toEqual(pass(2));
});

test('a task that one worker fails at is tried again by it when the others have left', async () => {
  const { desk, hire } = openDesk();
  const [one, other] = [hire('trainer'), hire('trainer')];
  const performed = desk.perform(pass(0));
  await fail(one);
  const waiting = one.ask();
  other.leave();
  one.give((await waiting)!, output);
  expect(await performed).toBe(output);
});

test('a task that fails thrice, on two workers, fails the run, and nobody is at fault', async () => {
  const { desk, hire, faulty } = openDesk();
  const [one, two] = [hire('trainer'), hire('trainer')];
  const failed = expect(desk.perform(pass(0))).rejects.toThrow('division by zero');
  for (const worker of [one, two, one]) await fail(worker, 'division by zero');
  await failed;
  expect(faulty).toEqual([]);
});

test('a task that fails thrice on a lone worker fails the run, and twice does not', async () => {
  const { desk, hire, faulty } = openDesk();
  const lone = hire('trainer');
  hire('attacker'); // has no use for passes
  const performed = desk.perform(pass(0));
  await fail(lone);
  await fail(lone);
  lone.give((await lone.ask())!, output);
  expect(await performed).toBe(output);
  expect(faulty).toEqual([]);
  const failed = expect(desk.perform(pass(1))).rejects.toThrow('division by zero');
  for (let i = 0; i < 3; i++) await fail(lone, 'division by zero');
  await failed;
});

test('a task that failed thrice on a lone worker may still be performed by one that has come meanwhile', async () => {
  const { desk, hire } = openDesk();
  const lone = hire('trainer');
  const performed = desk.perform(pass(0));
  await fail(lone);
  await fail(lone);
  const lease = (await lone.ask())!;
  const next = hire('trainer');
  lone.fail(lease, 'out of memory');
  next.give((await next.ask())!, output);
  expect(await performed).toBe(output);
});

test('a worker that fails at three tasks which another performs is at fault', async () => {
  const { desk, hire, faulty } = openDesk();
  const [broken, sound] = [hire('trainer'), hire('trainer')];
  for (let step = 0; step < 3; step++) {
    expect(faulty).toEqual([]);
    const performed = desk.perform(pass(step));
    await fail(broken);
    sound.give((await sound.ask())!, output);
    await performed;
  }
  expect(faulty).toEqual([broken.workerId]);
});
