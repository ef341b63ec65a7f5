import { Cluster, undisturbed } from '../cluster/cluster.ts';
import { note } from '../cluster/figures.ts';
import { assisted } from '../cluster/recipes.ts';
import type { Result } from '../cluster/result.ts';
import type { Submitted } from '../cluster/submitted.ts';
import { describeWithNats } from '../nats/nats-server.ts';

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

  it.each(['trainer-1', 'attacker-1', 'broker', 'coordinator'])(
    'comes to the same bits when %s is killed',
    async (name) => {
      const run = cluster.submit(assisted);
      await underWay(run);
      cluster.signal(name, 'SIGKILL');
      note(`${name} is killed while attackers help`, await run.recovery());
      expect(await run.result()).toEqual(expected);
    },
  );
});
