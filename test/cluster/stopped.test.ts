import { describeWithNats } from '../nats/nats-server.ts';
import { Cluster, undisturbed } from './cluster.ts';
import { note } from './figures.ts';
import { rounds, steps } from './recipes.ts';

describeWithNats('SIGSTOP', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await Cluster.start({ trainers: 2, attackers: 0 });
  });
  afterAll(() => cluster.close());

  it('of a trainer for longer than a silence: its late result is stale, and it joins anew', async () => {
    const expected = undisturbed(rounds);
    const run = cluster.submit(rounds);
    await run.underWay();
    const { workerId, pid } = await cluster.workerOf('trainer-1');
    // Into a round that lasts, under a lease that lasts many times longer: one such round must be known before.
    cluster.setPace('slow');
    for (let round = 0; round < 2; round++) await run.told('a round ends', ({ event }) => event.kind === 'progress');
    await cluster.computing(pid);
    const left = run.told('it is given up', ({ event }) => event.kind === 'left' && event.workerId === workerId);
    process.kill(pid, 'SIGSTOP');
    cluster.setPace('usual');
    note('a trainer is stopped', await run.recovery());
    await left;

    const late = run.told('its result is late', ({ event }) => event.kind === 'receipt' && event.workerId === workerId);
    const joined = run.told('it joins anew', ({ event }) => event.kind === 'joined');
    process.kill(pid, 'SIGCONT');
    expect((await late).event).toMatchObject({ receipt: 'stale' });
    expect((await joined).event).not.toMatchObject({ workerId });
    expect(await run.result()).toEqual(await expected);
  });

  it('of the coordinator until a standby has taken over: when it wakes up it writes nothing, and ends', async () => {
    const expected = undisturbed(steps);
    const { watch, log } = cluster;
    const standby = cluster.add('coordinator');
    await standby.lines.until('it stands by', (line) => line.includes('standing by'));
    const run = cluster.submit(steps);
    await run.underWay();
    const { term } = await watch.status();
    const old = cluster.pid('coordinator');
    process.kill(old, 'SIGSTOP');
    await watch.termAfter(term);
    await run.recovery();
    process.kill(old, 'SIGCONT');
    await log.until('it is deposed', (event) => event.kind === 'line' && event.line.includes(`term ${term} is over`));
    await log.until('it ends', (event) => event.kind === 'died' && event.name === 'coordinator');
    expect(await run.result()).toEqual(await expected);

    const store = await cluster.store();
    const pointer = await store.get(`checkpoint.${await run.id()}.net.last`);
    expect(JSON.parse(pointer!.value).term).toBeGreaterThan(term);
    standby.signal('SIGTERM');
    await standby.finished;
    await watch.termAfter(term + 1);
  });

  it('of the coordinator while a run is submitted: it is the successor that takes the run, and once', async () => {
    const { watch, log } = cluster;
    const standby = cluster.add('coordinator');
    await standby.lines.until('it stands by', (line) => line.includes('standing by'));
    const { term } = await watch.status();
    const old = cluster.pid('coordinator');
    process.kill(old, 'SIGSTOP');
    const run = cluster.submit(steps, '--seed', '7');
    const id = await run.id();
    expect((await watch.termAfter(term)).term).toBe(term + 1);
    const from = log.all.length;
    process.kill(old, 'SIGCONT');
    await log.until('it ends', (event) => event.kind === 'died' && event.name === 'coordinator', { from });
    const records = (await (await cluster.store()).list('run')).map(({ value }) => JSON.parse(value));
    expect(records.filter(({ seed }) => seed === 7).map((record) => record.run)).toEqual([id]);
    await cluster.ask('cancel', id);
    await run.command.finished;
    standby.signal('SIGTERM');
    await standby.finished;
    await watch.termAfter(term + 1);
  });

  it('of the broker for five seconds: everybody goes on where they were, and no standby takes over', async () => {
    const expected = undisturbed(steps);
    const standby = cluster.add('coordinator');
    await standby.lines.until('it stands by', (line) => line.includes('standing by'));
    const run = cluster.submit(steps);
    await run.underWay();
    const { coordinatorId } = await cluster.watch.status();
    cluster.signal('broker', 'SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    cluster.signal('broker', 'SIGCONT');
    note('the broker was stopped for 5 s, and goes on', await run.recovery());
    expect(await cluster.watch.status()).toMatchObject({ coordinatorId });
    expect(await run.result()).toEqual(await expected);
  });
});
