import { describeWithNats } from '../nats/nats-server.ts';
import { Cluster, undisturbed } from './cluster.ts';
import { note } from './figures.ts';
import { assisted } from './recipes.ts';
import type { Result } from './result.ts';
import type { Submitted } from './submitted.ts';

describeWithNats('a lone trainer with two attackers that help it', () => {
  let cluster: Cluster;
  let expected: Result;
  beforeAll(async () => {
    [cluster, expected] = await Promise.all([
      Cluster.start({ trainers: 1, attackers: 2 }),
      undisturbed(assisted, '--set', 'attack.placement=fused'),
    ]);
  });
  afterAll(() => cluster.close());

  /** Once it is helped. */
  async function underWay(run: Submitted): Promise<void> {
    await run.told('it is helped', ({ event }) => event.kind === 'mode' && event.mode === 'assisted');
    await run.underWay();
  }

  it.each(['trainer-1'])('comes to the same bits when %s is killed', async (name) => {
    const run = cluster.submit(assisted);
    await underWay(run);
    cluster.signal(name, 'SIGKILL');
    note(`${name} is killed while attackers help`, await run.recovery());
    expect(await run.result()).toEqual(expected);
  });

  it('does not wait for an attacker that is stopped', async () => {
    const run = cluster.submit(assisted);
    await underWay(run);
    const { pid } = await cluster.workerOf('attacker-2');
    process.kill(pid, 'SIGSTOP');
    expect(await run.result()).toEqual(expected);
    process.kill(pid, 'SIGCONT');
  });
});
