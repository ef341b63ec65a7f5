import { describeWithNats } from '../nats/nats-server.ts';
import { Cluster, undisturbed } from './cluster.ts';
import { probed } from './recipes.ts';
import type { Result } from './result.ts';

describeWithNats('a run that is rolled back', () => {
  let cluster: Cluster;
  let expected: Result;
  beforeAll(async () => {
    [cluster, expected] = await Promise.all([Cluster.start({ trainers: 2, attackers: 1 }), undisturbed(probed)]);
  });
  afterAll(() => cluster.close());

  it('comes in a cluster to what it comes to in one process, also where the coordinator dies between probe and rollback', async () => {
    const collapse = (expected.epochs as { step: number; action?: string }[]).find(
      ({ action }) => action === 'rollback',
    )!;
    const run = cluster.submit(probed);
    const seen = await run.told('the collapse', ({ event }) => event.kind === 'probe' && event.step === collapse.step);
    expect(seen.event).toMatchObject({ collapsed: true, action: 'rollback' });
    await cluster.kill9('coordinator');
    expect(await run.result()).toEqual(expected);
    expect((await run.command.finished).stderr).toContain(`collapse at step ${collapse.step}: FGSM error`);
  });
});
