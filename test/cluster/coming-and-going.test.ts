import { describeWithNats } from '../nats/nats-server.ts';
import { Cluster, undisturbed } from './cluster.ts';
import { steps } from './recipes.ts';
import type { Result } from './result.ts';

describeWithNats('while a cluster trains', () => {
  let cluster: Cluster;
  let expected: Result;
  beforeAll(async () => {
    [cluster, expected] = await Promise.all([Cluster.start({ trainers: 1, attackers: 0 }), undisturbed(steps)]);
  });
  afterAll(() => cluster.close());

  it('workers join, and leave when they are told to, and no bit changes', async () => {
    const run = cluster.submit(steps);
    await run.underWay();
    const split = run.told('steps are split', ({ event }) => event.kind === 'mode' && event.mode === 'split');
    const [trainer, attacker] = [cluster.add('trainer'), cluster.add('attacker')];
    await split;
    await run.recovery();
    const left = run.told('it leaves', ({ event }) => event.kind === 'left' && event.reason === 'stopped');
    trainer.signal('SIGTERM');
    expect((await left).event).toMatchObject({ role: 'trainer' });
    const other = run.told('another joins', ({ event }) => event.kind === 'joined');
    cluster.add('trainer');
    await other;
    const fused = run.told('steps are no longer split', ({ event }) => event.kind === 'mode' && event.mode === 'fused');
    attacker.signal('SIGINT');
    await fused;
    expect(await run.result()).toEqual(expected);
    expect(await trainer.finished).toMatchObject({ code: 0 });
    expect(await attacker.finished).toMatchObject({ code: 0 });
  });
});
