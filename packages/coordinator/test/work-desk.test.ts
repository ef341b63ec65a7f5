import type { Outputs, Task } from '@sparring/protocol';
import { openDesk, term } from './worker-at-desk.ts';

const cleanPass = (shard: number, step = 0): Task => ({ kind: 'pass', part: 'clean', step, shard });
const attack = (shard: number): Task => ({ kind: 'attack', step: 0, shard, parametersStep: 0 });
const output = (clean: number): Outputs['pass'] => ({ gradients: {}, loss: { clean, adversarial: null } });
const examples: Outputs['attack'] = {
  adversarial: { encoding: 'float32', examples: new Float32Array(1) },
};

test('a task is performed by whoever asks', async () => {
  const { desk, ledger, hire } = openDesk();
  const performed = desk.perform(cleanPass(0));
  const trainer = hire('trainer');
  const lease = (await trainer.ask())!;
  expect(lease).toEqual({ leaseId: expect.any(String), term, task: cleanPass(0), durationMs: 30_000 });
  expect(trainer.give(lease, output(7))).toBe('accepted');
  expect(await performed).toEqual(output(7));
  expect(ledger).toMatchObject({ releases: 0, staleResults: 0 });
  expect(ledger.stepsMs('trainer')).toBeGreaterThan(0);
});

test('a task took no longer than it was leased, whatever its worker says', async () => {
  const { desk, ledger, hire } = openDesk();
  const trainer = hire('trainer');
  void desk.perform(cleanPass(0));
  const { leaseId } = (await trainer.ask())!;
  const outcome = { kind: 'pass', output: output(1) } as const;
  desk.accept({ workerId: trainer.workerId, leaseId, term, computeMs: 1e300, outcome });
  expect(ledger.stepsMs('trainer')).toBeLessThan(10_000);
  void desk.perform(cleanPass(1));
  expect((await trainer.ask())!.durationMs).toBeLessThan(200_000);
});

test('the adversarial examples that a task reads go with its lease', async () => {
  const { desk, hire } = openDesk();
  void desk.perform({ kind: 'pass', part: 'adversarial', step: 0, shard: 0 }, examples.adversarial);
  expect((await hire('trainer').ask())!.adversarial).toBe(examples.adversarial);
});

test('a worker that asks before there is work waits for it', async () => {
  const { desk, hire } = openDesk();
  const trainer = hire('trainer');
  const asked = trainer.ask();
  const performed = desk.perform(cleanPass(1));
  trainer.give((await asked)!, output(1));
  expect(await performed).toEqual(output(1));
});

test('hands an expired lease to the next worker, and drops the late answer', async () => {
  const { desk, ledger, hire } = openDesk({ leaseMs: 1 });
  const [slow, next] = [hire('trainer'), hire('trainer')];
  const performed = desk.perform(cleanPass(0));
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
  const { desk, hire } = openDesk({ leaseMs: 1 });
  const performed = desk.perform(cleanPass(0));
  const failed = expect(performed).rejects.toThrow('pass of step 0: no answer within 6 leases');
  const durations: number[] = [];
  while (durations.length < 6) durations.push((await hire('trainer').ask())!.durationMs);
  expect(durations).toEqual([1, 2, 4, 8, 16, 32]);
  await failed;
});

test('a task that was taken back is leased to nobody', async () => {
  const { desk, hire } = openDesk();
  void desk.perform(attack(0));
  void desk.perform(cleanPass(0));
  desk.withdraw(({ kind }) => kind === 'attack');
  expect((await hire('trainer').ask())!.task).toEqual(cleanPass(0));
  const attacker = hire('attacker');
  const asked = attacker.ask();
  attacker.leave();
  expect(await asked).toBeNull();
});

test('a task that was taken back while it was leased is leased to nobody again', async () => {
  const { desk, ledger, hire } = openDesk();
  const [one, two] = [hire('attacker'), hire('attacker')];
  void desk.perform(attack(0));
  const performed = desk.perform(attack(1));
  await one.ask();
  const kept = (await two.ask())!;
  desk.withdraw(({ kind }) => kind === 'attack');
  const again = one.ask(); // its parameters are gone
  void desk.perform(attack(2));
  expect((await again)!.task).toEqual(attack(2));
  expect(two.give(kept, examples)).toBe('accepted');
  await performed;
  expect(ledger.releases).toBe(0);
});

test('a task that was taken back, and outlasts its lease, has the next of its kind last twice as long', async () => {
  const { desk, hire } = openDesk({ leaseMs: 10 });
  const slow = hire('attacker');
  void desk.perform(attack(0));
  const first = (await slow.ask())!;
  desk.withdraw(({ kind }) => kind === 'attack');
  while (desk.depths.held.length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  void desk.perform(attack(1));
  expect((await slow.ask())!.durationMs).toBeGreaterThanOrEqual(2 * first.durationMs);
});

test('a second answer to the same lease is dropped', async () => {
  const { desk, ledger, hire } = openDesk();
  const trainer = hire('trainer');
  const performed = desk.perform(cleanPass(0));
  const lease = (await trainer.ask())!;
  expect(trainer.give(lease, output(1))).toBe('accepted');
  expect(trainer.give(lease, output(2))).toBe('stale');
  expect(await performed).toEqual(output(1));
  expect(ledger.staleResults).toBe(1);
});

test("another worker's lease and another term's answer are not accepted", async () => {
  const { desk, hire } = openDesk();
  const [holder, other] = [hire('trainer'), hire('trainer')];
  const performed = desk.perform(cleanPass(0));
  const lease = (await holder.ask())!;
  expect(other.give(lease, output(1))).toBe('stale');
  expect(holder.give(lease, output(1), term - 1)).toBe('stale');
  expect(holder.give(lease, output(2))).toBe('accepted');
  expect(await performed).toEqual(output(2));
});

test('what a dead worker held is leased to the next, before work that has not been begun', async () => {
  const { desk, ledger, hire } = openDesk();
  const [dying, next] = [hire('trainer'), hire('trainer')];
  const first = desk.perform(cleanPass(0));
  await dying.ask();
  const second = desk.perform(cleanPass(1));
  dying.leave();
  for (const shard of [0, 1]) {
    const lease = (await next.ask())!;
    expect(lease.task).toEqual(cleanPass(shard));
    next.give(lease, output(shard));
  }
  expect(await Promise.all([first, second])).toEqual([output(0), output(1)]);
  expect(ledger.releases).toBe(1);
});

test('tasks laid down together go to the workers that suit them', async () => {
  const { desk, hire } = openDesk();
  const [trainer, attacker] = [hire('trainer'), hire('attacker')];
  const asked = [attacker.ask(), trainer.ask()];
  void desk.perform(cleanPass(0));
  void desk.perform(attack(0));
  const [byAttacker, byTrainer] = await Promise.all(asked);
  expect([byAttacker!.task.kind, byTrainer!.task.kind]).toEqual(['attack', 'pass']);
});

test('a worker is given the shard again whose inputs it has made for the next step', async () => {
  const { desk, hire } = openDesk();
  const [one, two] = [hire('trainer'), hire('trainer')];
  const first = [desk.perform(cleanPass(0)), desk.perform(cleanPass(1))];
  one.give((await one.ask())!, output(0));
  two.give((await two.ask())!, output(1));
  await Promise.all(first);
  const waiting = [two.ask(), one.ask()];
  void desk.perform(cleanPass(0, 1));
  void desk.perform(cleanPass(1, 1));
  const [byTwo, byOne] = await Promise.all(waiting);
  expect([byTwo!.task, byOne!.task]).toMatchObject([{ shard: 1 }, { shard: 0 }]);
});

test('the next span goes to the worker that advanced to its beginning, which holds the state', async () => {
  const { desk, hire } = openDesk();
  const [first, second, third] = [hire('trainer'), hire('trainer'), hire('trainer')];
  const advance = (step: number): Task => ({ kind: 'advance', step, numSteps: 4, replica: 0 });
  const advanced: Outputs['advance'] = { state: {}, losses: [] };
  const performed = desk.perform(advance(0));
  second.give((await second.ask())!, advanced);
  await performed;
  const waiting = [first.ask(), third.ask(), second.ask()];
  void desk.perform(advance(4));
  expect((await waiting[2])!.task).toEqual(advance(4));
});

test("with placement 'split' a trainer waits for attackers, and attacks once the last of them has left", async () => {
  const { desk, hire } = openDesk({ placement: 'split' });
  const [trainer, attacker] = [hire('trainer'), hire('attacker')];
  const first = desk.perform(attack(0));
  const second = desk.perform(attack(1));
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
  const asking = { role: 'trainer', term, ask: 1 } as const;
  expect(await desk.ask({ ...asking, workerId: 'stranger' })).toEqual(leave);
  membership.add({ workerId: 'late', role: 'trainer', host: 'here', pid: 1 });
  expect(await desk.ask({ ...asking, workerId: 'late', term: term - 1 })).toEqual(leave);
  expect(await desk.ask({ ...asking, workerId: 'late', role: 'attacker' })).toEqual(leave);
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
