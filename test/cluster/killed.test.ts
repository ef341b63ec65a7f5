import { describeWithNats } from '../nats/nats-server.ts';
import { Cluster, undisturbed } from './cluster.ts';
import { note } from './figures.ts';
import { steps } from './recipes.ts';
import type { Result } from './result.ts';

describeWithNats('kill -9', () => {
  let cluster: Cluster;
  let expected: Result;
  beforeAll(async () => {
    [cluster, expected] = await Promise.all([Cluster.start({ trainers: 2, attackers: 2 }), undisturbed(steps)]);
  });
  afterAll(() => cluster.close());

  it.each([
    { name: 'trainer-1', what: 'a trainer' },
    { name: 'attacker-1', what: 'an attacker' },
  ])('of $what: what it held goes to another, and the bits are the same', async ({ name, what }) => {
    const run = cluster.submit(steps);
    await run.underWay();
    const { workerId } = await cluster.workerOf(name);
    const left = run.told('it is given up', ({ event }) => event.kind === 'left' && event.workerId === workerId);
    cluster.signal(name, 'SIGKILL');
    const [ms, { event }] = await Promise.all([run.recovery(), left]);
    note(`${what} is killed`, ms);
    expect(event).toMatchObject({ role: name.split('-')[0], reason: 'it was not heard any more' });
    expect(await run.result()).toEqual(expected);
  });

  it('of the broker: everybody waits for the one that is started in its place', async () => {
    const run = cluster.submit(steps);
    await run.underWay();
    cluster.signal('broker', 'SIGKILL');
    const ms = await run.recovery();
    note('the broker is killed, and started again', ms);
    expect(await run.result()).toEqual(expected);
  });

  it('of the coordinator: the one that is started in its place goes on from the last checkpoint', async () => {
    const { watch } = cluster;
    const run = cluster.submit(steps);
    await run.underWay();
    const { term } = await watch.status();
    cluster.signal('coordinator', 'SIGKILL');
    const ms = await run.recovery();
    note('the coordinator is killed, and started again', ms);
    expect((await watch.status()).term).toBeGreaterThan(term);
    expect(await run.result()).toEqual(expected);
  });

  it('of the coordinator, beside a standby: that takes over', async () => {
    const { watch } = cluster;
    const standby = cluster.add('coordinator');
    await standby.lines.until('it stands by', (line) => line.includes('standing by'));
    const run = cluster.submit(steps);
    await run.underWay();
    const { term } = await watch.status();
    const killedAt = performance.now();
    cluster.signal('coordinator', 'SIGKILL');
    const takenOver = await watch.termAfter(term);
    note('the coordinator is killed, and a standby has taken over', takenOver.at - killedAt);
    note('the same, until training goes on', takenOver.at - killedAt + (await run.recovery()));
    expect((await watch.status()).pid).toBe(standby.pid);
    expect(await run.result()).toEqual(expected);

    standby.signal('SIGTERM');
    expect(await standby.finished).toMatchObject({ code: 0 });
    // The one that `up` has started meanwhile need not wait for a silence.
    await watch.termAfter(term + 1);
  });
});
