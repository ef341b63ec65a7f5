import type { Outputs, Task, WorkReply } from '@sparring/protocol';
import { openDesk } from './worker-at-desk.ts';

const pass = (shard: number): Task => ({ kind: 'pass', part: 'whole', step: 0, shard });
const output: Outputs['pass'] = { gradients: {}, loss: { clean: 1, adversarial: 1 } };
const taskOf = (reply: WorkReply | null) => (reply?.kind === 'lease' ? reply.lease.task : reply);

describe('a worker that asks', () => {
  test('under the same number again is answered the same, while it holds the lease', async () => {
    const { desk, ledger, hire } = openDesk();
    const trainer = hire('trainer');
    const performed = desk.perform(pass(0));
    void desk.perform(pass(1));
    const first = await trainer.askNumber(1);
    expect(await trainer.askNumber(1)).toEqual(first);
    expect(ledger.releases).toBe(0);
    if (first?.kind === 'lease') expect(trainer.give(first.lease, output)).toBe('accepted');
    expect(await performed).toBe(output);
    // What it asked before it is done with: it can only have lost what came of that.
    expect(taskOf(await trainer.askNumber(1))).toEqual(pass(1));
  });

  test('under a lower number asks too late, and is told to leave, which nobody hears unless another asked in its name', async () => {
    const { desk, hire } = openDesk();
    const trainer = hire('trainer');
    void desk.perform(pass(0));
    void desk.perform(pass(1));
    await trainer.askNumber(1);
    const lease = (await trainer.askNumber(2))!;
    expect(await trainer.askNumber(1)).toEqual({ kind: 'leave' });
    expect(await trainer.askNumber(2)).toEqual(lease);
  });

  test('under a number that is not the next is not answered, and keeps what it holds', async () => {
    const { desk, refused, hire } = openDesk();
    const trainer = hire('trainer');
    void desk.perform(pass(0));
    const lease = (await trainer.askNumber(1))!;
    for (const absurd of [3, 2 ** 53 - 1]) expect(await trainer.askNumber(absurd)).toBeNull();
    expect(refused.map(({ reason }) => reason)).toEqual(['invalid', 'invalid']);
    expect(await trainer.askNumber(1)).toEqual(lease);
  });

  test('under a higher number gives back what it held, which goes to the next before work that has not been begun', async () => {
    const { desk, ledger, hire } = openDesk();
    const trainer = hire('trainer');
    const performed = desk.perform(pass(0));
    void desk.perform(pass(1));
    const lost = (await trainer.ask())!;
    const again = (await trainer.ask())!;
    expect(again.task).toEqual(lost.task);
    expect(again.leaseId).not.toBe(lost.leaseId);
    expect(trainer.give(lost, output)).toBe('stale');
    expect(trainer.give(again, output)).toBe('accepted');
    await performed;
    expect(ledger).toMatchObject({ releases: 1, staleResults: 1 });
  });

  test('and gives back what it held leaves it to another, if there is one', async () => {
    const { desk, hire } = openDesk();
    const [one, two] = [hire('trainer'), hire('trainer')];
    void desk.perform(pass(0));
    await one.ask();
    const waiting = one.ask();
    expect((await two.ask())!.task).toEqual(pass(0));
    void desk.perform(pass(1));
    expect((await waiting)!.task).toEqual(pass(1));
  });

  test('and gives back the same task again and again fails the run', async () => {
    const { desk, hire } = openDesk();
    const trainer = hire('trainer');
    const failed = expect(desk.perform(pass(0))).rejects.toThrow('pass of step 0: given back 10 times');
    for (let i = 0; i < 10; i++) expect((await trainer.ask())!.task).toEqual(pass(0));
    void trainer.ask();
    await failed;
  });

  test.each([1, 2])(
    'while it waits, under number 1 and then %i, waits once: the first question is left unanswered',
    async (second) => {
      const { desk, hire } = openDesk();
      const trainer = hire('trainer');
      const first = trainer.askNumber(1);
      const replacing = trainer.askNumber(second);
      expect(await first).toBeNull();
      void desk.perform(pass(0));
      void desk.perform(pass(1));
      expect(taskOf(await replacing)).toEqual(pass(0));
      expect((await hire('trainer').ask())!.task).toEqual(pass(1));
    },
  );
});
