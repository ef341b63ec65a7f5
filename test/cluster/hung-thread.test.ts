import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWithNats } from '../nats/nats-server.ts';
import { Cluster, undisturbed } from './cluster.ts';
import { note } from './figures.ts';
import { steps } from './recipes.ts';

describeWithNats('a compute thread that hangs', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await Cluster.start({ trainers: 2, attackers: 0 });
  });
  afterAll(() => cluster.close());

  it('loses its lease, and its worker joins anew with another', async () => {
    const expected = undisturbed(steps);
    const run = cluster.submit(steps);
    await run.underWay();
    const left = run.told(
      'its lease is over',
      ({ event }) => event.kind === 'left' && event.reason.includes('no answer within the lease'),
    );
    const joined = run.told('its worker joins anew', ({ event }) => event.kind === 'joined');
    writeFileSync(join(cluster.folder, 'hang'), '');
    note('a compute thread hangs', await run.recovery());
    await left;
    await joined;
    expect(cluster.log.all.filter(({ kind }) => kind === 'died')).toEqual([]);
    expect(await run.result()).toEqual(await expected);
  });
});
