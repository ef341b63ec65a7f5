import { Cluster, undisturbed } from '../cluster/cluster.ts';
import { note } from '../cluster/figures.ts';
import { steps } from '../cluster/recipes.ts';
import { describeWithNats } from '../nats/nats-server.ts';
import { say, seconds } from './say.ts';

describeWithNats('a broker that cannot be reached', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await Cluster.start({ trainers: 2, attackers: 1 });
  });
  afterAll(() => cluster.close());

  it('for 30 s costs that time, and no bit; no standby takes over', async () => {
    const expected = await undisturbed(steps);
    const standby = cluster.add('coordinator');
    await standby.lines.until('it stands by', (line) => line.includes('standing by'));
    const run = cluster.submit(steps);
    await run.underWay();
    const { coordinatorId } = await cluster.watch.status();
    cluster.signal('broker', 'SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 30_000));
    cluster.signal('broker', 'SIGCONT');
    const ms = await run.recovery();
    note('the broker was stopped for 30 s, and goes on', ms);
    say(`a broker stopped for 30 s: training goes on ${seconds(ms)} after it does`);
    expect(await cluster.watch.status()).toMatchObject({ coordinatorId });
    expect(await run.result()).toEqual(expected);
  });
});
