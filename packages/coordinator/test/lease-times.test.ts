import type { Outputs, Task } from '@sparring/protocol';
import { openDesk } from './worker-at-desk.ts';

const pass = (shard: number): Task => ({ kind: 'pass', part: 'whole', step: 0, shard });
const output: Outputs['pass'] = { gradients: {}, loss: { clean: 1, adversarial: 1 } };

/** A clock that stands still but for its leaps, as it leaps for a process that was stopped. */
let leaptMs = performance.now();
beforeAll(() => {
  Object.defineProperty(performance, 'now', { value: () => leaptMs, configurable: true });
});
afterAll(() => {
  Reflect.deleteProperty(performance, 'now');
});

test('a result that comes too late teaches how long leases must be', async () => {
  const { desk, hire } = openDesk({ leaseMs: 600 });
  const [slow, next] = [hire('trainer'), hire('trainer')];
  void desk.perform(pass(0));
  const lost = (await slow.ask())!;
  const asked = next.ask();
  leaptMs += 800; // less than what is taken for a stopped process
  expect((await asked)!.task).toEqual(pass(0));
  expect(slow.give(lost, output)).toBe('stale');
  void desk.perform(pass(1));
  expect((await slow.ask())!.durationMs).toBeGreaterThanOrEqual(4 * 800);
});

test.each([
  ['before', async () => {}],
  ['after', looked],
])(
  'a lease does not end with a pause of the process, nor teach how long others must be: %s the desk has looked',
  async (_, wait) => {
    const { desk, ledger, hire } = openDesk({ leaseMs: 1_000 });
    const worker = hire('trainer');
    const performed = desk.perform(pass(0));
    const lease = (await worker.ask())!;
    leaptMs += 60_000;
    await wait();
    expect(worker.give(lease, output)).toBe('accepted');
    expect(await performed).toBe(output);
    expect(ledger).toMatchObject({ releases: 0, staleResults: 0 });
    void desk.perform(pass(1));
    expect((await worker.ask())!.durationMs).toBe(1_000);
  },
);

/** The desk has looked at its leases: it does so every 200 ms. */
function looked(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 400));
}
