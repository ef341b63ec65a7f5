import type { Output, Outputs, Task } from '@sparring/protocol';
import { Diverged } from '../dist/training/diverged.js';
import type { Inspect, OutputFault } from '../dist/work/inspection.js';
import { openDesk, type WorkerAtDesk } from './worker-at-desk.ts';

const pass = (step: number): Task => ({ kind: 'pass', part: 'whole', step, shard: 0 });
const gradient = (value: number): Outputs['pass'] => ({
  gradients: { bias: Float32Array.of(value) },
  loss: { clean: 1, adversarial: 1 },
});
const good = gradient(1);

/** Refuses what is not finite, and negative numbers as wrongly shaped. */
const inspect: Inspect = (task, output: Output): OutputFault | null => {
  const value = (output.output as Outputs['pass']).gradients.bias![0]!;
  const step = 'step' in task ? task.step + 1 : 0;
  if (!Number.isFinite(value)) return { reason: 'non-finite', detail: 'the gradient of bias is not finite', step };
  return value < 0 ? { reason: 'shape', detail: 'bias: expected 1', step } : null;
};

/** A task of a step that a worker is leased, and has its result refused. */
async function refuse(worker: WorkerAtDesk, value = Number.NaN): Promise<void> {
  expect(worker.give((await worker.ask())!, gradient(value))).toBe('refused');
}

test('a refused result sends its task to another worker, whose own is taken', async () => {
  const { desk, hire, refused, faulty, ledger } = openDesk({ inspect });
  const [one, two] = [hire('trainer'), hire('trainer')];
  const performed = desk.perform(pass(4));
  await refuse(one);
  // Asking first, and free, it is not the one to try again.
  const waiting = one.ask();
  const lease = (await two.ask())!;
  expect(lease.task).toEqual(pass(4));
  expect(two.give(lease, good)).toBe('accepted');
  expect(await performed).toBe(good);
  expect(refused).toMatchObject([{ workerId: one.workerId, reason: 'non-finite', step: 5 }]);
  expect(ledger.releases).toBe(1);
  expect(faulty).toEqual([]);
  void desk.perform(pass(5));
  expect((await waiting)!.task).toEqual(pass(5));
});

test('the same bytes that are not finite from a second computation fail the run as diverged at that step, and nobody is at fault', async () => {
  const { desk, hire, faulty } = openDesk({ inspect });
  const performed = desk.perform(pass(4));
  const failed = expect(performed).rejects.toBeInstanceOf(Diverged);
  await refuse(hire('trainer'));
  await refuse(hire('trainer'));
  await failed;
  await expect(performed).rejects.toThrow('diverged at step 5: the gradient of bias is not finite');
  expect(faulty).toEqual([]);
});

test('other bytes from a second computation, refused as well, leave it to a third', async () => {
  const { desk, hire } = openDesk({ inspect });
  const performed = desk.perform(pass(4));
  await refuse(hire('trainer'), Number.NaN);
  await refuse(hire('trainer'), Number.POSITIVE_INFINITY);
  const third = hire('trainer');
  expect(third.give((await third.ask())!, good)).toBe('accepted');
  expect(await performed).toBe(good);
});

test('a task whose results are refused thrice, never twice the same, fails the run', async () => {
  const { desk, hire } = openDesk({ inspect });
  const performed = desk.perform(pass(4));
  const failed = expect(performed).rejects.toThrow('pass of step 4: refused 3 times: bias: expected 1');
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -1]) await refuse(hire('trainer'), value);
  await failed;
});

test('wrongly shaped twice alike, a result is no divergence: both workers may run the same mistaken code', async () => {
  const { desk, hire } = openDesk({ inspect });
  const performed = desk.perform(pass(4));
  const failed = expect(performed).rejects.not.toBeInstanceOf(Diverged);
  for (let i = 0; i < 3; i++) await refuse(hire('trainer'), -1);
  await failed;
});

test('a worker that is alone tries again itself', async () => {
  const { desk, hire, faulty } = openDesk({ inspect });
  const lone = hire('trainer');
  hire('attacker');
  const performed = desk.perform(pass(4));
  await refuse(lone);
  expect(lone.give((await lone.ask())!, good)).toBe('accepted');
  expect(await performed).toBe(good);

  const diverging = desk.perform(pass(5));
  const failed = expect(diverging).rejects.toThrow('diverged at step 6');
  await refuse(lone);
  await refuse(lone);
  await failed;
  expect(faulty).toEqual([]);
});

describe('a worker whose results are refused where others are not', () => {
  test('is at fault after the third', async () => {
    const { desk, hire, faulty } = openDesk({ inspect });
    const [wrong, right] = [hire('trainer'), hire('trainer')];
    for (let step = 0; step < 3; step++) {
      expect(faulty).toEqual([]);
      const performed = desk.perform(pass(step));
      await refuse(wrong);
      right.give((await right.ask())!, good);
      await performed;
    }
    expect(faulty).toEqual([wrong.workerId]);
  });

  test('begins anew when it has left', async () => {
    const { desk, hire, faulty, membership } = openDesk({ inspect });
    const [wrong, right] = [hire('trainer'), hire('trainer')];
    for (let step = 0; step < 4; step++) {
      if (step === 2) {
        const member = membership.get(wrong.workerId)!;
        wrong.leave();
        membership.add(member);
      }
      const performed = desk.perform(pass(step));
      await refuse(wrong);
      right.give((await right.ask())!, good);
      await performed;
    }
    expect(faulty).toEqual([]);
  });
});
