import type { Outputs, Task } from '@sparring/protocol';
import { openDesk, term } from './worker-at-desk.ts';

const cleanPass = (shard: number): Task => ({ kind: 'pass', part: 'clean', step: 0, shard });
const attack = (shard: number): Task => ({ kind: 'attack', step: 0, shard, parametersStep: 0 });
const output = (clean: number): Outputs['pass'] => ({ gradients: {}, loss: { clean, adversarial: null } });
const examples: Outputs['attack'] = {
  adversarial: { encoding: 'float32', examples: new Float32Array(1) },
};

test('a task is performed by whoever asks, and its inputs go with it', async () => {
  const { desk, ledger, hire } = openDesk();
  const inputs = { parameters: { bias: new Float32Array(2) } };
  const performed = desk.perform(cleanPass(0), inputs);
  const trainer = hire('trainer');
  const lease = (await trainer.ask())!;
  expect(lease).toMatchObject({ term, task: cleanPass(0), inputs, durationMs: 30_000 });
  expect(trainer.give(lease, output(7))).toBe('accepted');
  expect(await performed).toEqual(output(7));
  expect(ledger).toMatchObject({ releases: 0, staleResults: 0 });
  expect(ledger.busyMs('trainer', 'clean pass')).toBe(1);
});

test('a worker that asks before there is work waits for it', async () => {
  const { desk, hire } = openDesk();
  const trainer = hire('trainer');
  const asked = trainer.ask();
  const performed = desk.perform(cleanPass(1), {});
  trainer.give((await asked)!, output(1));
  expect(await performed).toEqual(output(1));
});

test('hands an expired lease to the next worker, and drops the late answer', async () => {
  const { desk, ledger, hire } = openDesk('auto', 1);
  const [slow, next] = [hire('trainer'), hire('trainer')];
  const performed = desk.perform(cleanPass(0), {});
  const lost = (await slow.ask())!;
  const again = (await next.ask())!;
  expect(again.task).toEqual(lost.task);
  expect(again.leaseId).not.toBe(lost.leaseId);
  expect(slow.give(lost, output(1))).toBe('stale');
  next.give(again, output(2));
  expect(await performed).toEqual(output(2));
  expect(ledger).toMatchObject({ releases: 1, staleResults: 1 });
});

test('each lease over a task that ran out is twice as long, and after the sixth the task fails', async () => {
  const { desk, hire } = openDesk('auto', 1);
  const performed = desk.perform(cleanPass(0), {});
  const failed = expect(performed).rejects.toThrow('pass of step 0: no answer within 6 leases');
  const durations: number[] = [];
  while (durations.length < 6) durations.push((await hire('trainer').ask())!.durationMs);
  expect(durations).toEqual([1, 2, 4, 8, 16, 32]);
  await failed;
});

test('a task that was taken back is leased to nobody', async () => {
  const { desk, hire } = openDesk();
  void desk.perform(attack(0), {});
  void desk.perform(cleanPass(0), {});
  desk.withdraw(({ kind }) => kind === 'attack');
  expect((await hire('trainer').ask())!.task).toEqual(cleanPass(0));
  const attacker = hire('attacker');
  const asked = attacker.ask();
  attacker.leave();
  expect(await asked).toBeNull();
});

test('a second answer to the same lease is dropped', async () => {
  const { desk, ledger, hire } = openDesk();
  const trainer = hire('trainer');
  const performed = desk.perform(cleanPass(0), {});
  const lease = (await trainer.ask())!;
  expect(trainer.give(lease, output(1))).toBe('accepted');
  expect(trainer.give(lease, output(2))).toBe('stale');
  expect(await performed).toEqual(output(1));
  expect(ledger.staleResults).toBe(1);
});

test("another worker's lease and another term's answer are not accepted", async () => {
  const { desk, hire } = openDesk();
  const [holder, other] = [hire('trainer'), hire('trainer')];
  const performed = desk.perform(cleanPass(0), {});
  const lease = (await holder.ask())!;
  expect(other.give(lease, output(1))).toBe('stale');
  expect(holder.give(lease, output(1), term - 1)).toBe('stale');
  expect(holder.give(lease, output(2))).toBe('accepted');
  expect(await performed).toEqual(output(2));
});

test('what a dead worker held is leased to the next, before work that has not been begun', async () => {
  const { desk, ledger, hire } = openDesk();
  const [dying, next] = [hire('trainer'), hire('trainer')];
  const first = desk.perform(cleanPass(0), {});
  await dying.ask();
  const second = desk.perform(cleanPass(1), {});
  dying.leave();
  const leases = [(await next.ask())!, (await next.ask())!];
  expect(leases.map(({ task }) => task)).toEqual([cleanPass(0), cleanPass(1)]);
  for (const [i, lease] of leases.entries()) next.give(lease, output(i));
  expect(await Promise.all([first, second])).toEqual([output(0), output(1)]);
  expect(ledger.releases).toBe(1);
});

test('a task that fails thrice fails the run, and twice does not', async () => {
  const { desk, ledger, hire } = openDesk();
  const [one, two] = [hire('trainer'), hire('trainer')];
  const performed = desk.perform(cleanPass(0), {});
  one.fail((await one.ask())!, 'out of luck');
  two.fail((await two.ask())!, 'out of luck');
  one.give((await one.ask())!, output(3));
  expect(await performed).toEqual(output(3));
  expect(ledger.releases).toBe(2);

  const doomed = desk.perform(cleanPass(1), {});
  for (const worker of [one, two, one]) worker.fail((await worker.ask())!, 'division by zero');
  await expect(doomed).rejects.toThrow('division by zero');
});

test('tasks laid down together go to the workers that suit them', async () => {
  const { desk, hire } = openDesk();
  const [trainer, attacker] = [hire('trainer'), hire('attacker')];
  const asked = [attacker.ask(), trainer.ask()];
  void desk.perform(cleanPass(0), {});
  void desk.perform(attack(0), {});
  const [byAttacker, byTrainer] = await Promise.all(asked);
  expect([byAttacker!.task.kind, byTrainer!.task.kind]).toEqual(['attack', 'pass']);
});

test("with placement 'split' a trainer waits for attackers, and attacks once the last of them has left", async () => {
  const { desk, hire } = openDesk('split');
  const [trainer, attacker] = [hire('trainer'), hire('attacker')];
  const first = desk.perform(attack(0), {});
  const second = desk.perform(attack(1), {});
  attacker.give((await attacker.ask())!, examples);
  await first;
  const asked = trainer.ask();
  await everythingMatched();
  // Between two tasks, holding none.
  attacker.leave();
  const lease = (await asked)!;
  expect(lease.task).toEqual(attack(1));
  trainer.give(lease, examples);
  await second;
});

test('strangers, workers of another term and workers of a closed desk are told to leave', async () => {
  const { desk, membership, hire } = openDesk();
  const leave = { kind: 'leave' };
  expect(await desk.ask({ workerId: 'stranger', role: 'trainer', term })).toEqual(leave);
  membership.add({ workerId: 'late', role: 'trainer' });
  expect(await desk.ask({ workerId: 'late', role: 'trainer', term: term - 1 })).toEqual(leave);
  const waiting = hire('trainer').ask();
  desk.close();
  expect(await waiting).toBeNull();
  expect(await hire('trainer').ask()).toBeNull();
});

test('a worker that leaves while it waits is told so', async () => {
  const { hire } = openDesk();
  const worker = hire('attacker');
  const asked = worker.ask();
  worker.leave();
  expect(await asked).toBeNull();
});

/** The desk matches in a microtask. */
function everythingMatched(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
