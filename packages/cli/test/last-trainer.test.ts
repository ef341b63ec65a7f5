import type { Role } from '@sparring/protocol';
import { type HostedWorker, lastTrainerFailed, type WorkerFailed } from '../dist/host/last-trainer.js';

/** A worker that can be made unable to go on. */
function worker(role: Role) {
  let fail = (_: Error) => {};
  const finished = new Promise<void>((_, reject) => {
    fail = reject;
  });
  const hosted: HostedWorker = { role, loop: { finished, stop: () => finished } };
  return { hosted, fail };
}

describe('workers that cannot go on', () => {
  it('fail the run only with the last trainer, and are told of before', async () => {
    const [first, second, attacker] = [worker('trainer'), worker('trainer'), worker('attacker')];
    const events: WorkerFailed[] = [];
    const failed = lastTrainerFailed([first.hosted, second.hosted, attacker.hosted], (event) => events.push(event));
    const outcome = failed.catch((error: Error) => error.message);
    attacker.fail(new Error('no memory'));
    first.fail(new Error('no thread'));
    expect(await Promise.race([outcome, new Promise((resolve) => setImmediate(resolve, 'the run goes on'))])).toBe(
      'the run goes on',
    );
    expect(events).toEqual([
      { kind: 'worker-failed', role: 'attacker', reason: 'no memory' },
      { kind: 'worker-failed', role: 'trainer', reason: 'no thread' },
    ]);
    second.fail(new Error('no engine'));
    expect(await outcome).toBe('no engine');
    expect(events).toHaveLength(2);
  });
});
