import { Cluster, undisturbed } from '../cluster/cluster.ts';
import { Bombardment } from '../cluster/malformed/bombardment.ts';
import { Memory } from '../cluster/malformed/memory.ts';
import { Mischief } from '../cluster/malformed/mischief.ts';
import { Scene } from '../cluster/malformed/scene.ts';
import { steps } from '../cluster/recipes.ts';
import { describeWithNats } from '../nats/nats-server.ts';
import { say, seconds } from './say.ts';

const seed = Number(process.env.CHAOS_SEED ?? 1);
const mostMegabytes = 150;
/** Of all processes, whatever comes. */
const mostLinesASecond = 30;

describeWithNats('100,000 malformed messages to a cluster that trains', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await Cluster.start({ trainers: 1, attackers: 1 });
  });
  afterAll(() => cluster.close());

  it('are each counted by reason, and end no process, fill no memory and change no bit', async () => {
    const options = ['--set', 'epochs=60'];
    const expected = undisturbed(steps, ...options);
    const run = cluster.submit(steps, ...options);
    await run.underWay();
    const scene = await Scene.open(cluster, await run.id());
    const memory = new Memory(cluster);
    const bombardment = new Bombardment(scene, seed);
    const mischief = new Mischief(scene);
    const [startedAt, numLines] = [performance.now(), cluster.log.all.length];

    // Each of them is counted, and no service fails over what it is asked.
    const atCoordinator = await bombardment.coordinator(68_000);
    expect(atCoordinator.counted).toEqual(atCoordinator.expected);
    expect(atCoordinator.faults).toEqual([]);
    const atWorkers = await bombardment.workers(26_000, ['trainer-1', 'attacker-1']);
    expect(atWorkers.counted).toEqual([atWorkers.expected, atWorkers.expected]);
    expect(await bombardment.unfinished(5_000, 5_000)).toBe(5_000);
    await bombardment.clients(1_000);
    expect(bombardment.sent).toBeGreaterThanOrEqual(100_000);

    // What those with credentials say in the names of others may cost time.
    await mischief.ghosts(2_000);
    await mischief.sendAway();
    await mischief.overtake();
    await mischief.cancel(await mischief.submit(50));
    await mischief.answer(30);
    expect((await cluster.watch.status()).run).toBe(scene.settings.run);
    const [ms, lines] = [performance.now() - startedAt, cluster.log.all.length - numLines];

    await scene.close();
    expect(await run.result()).toEqual(await expected);
    expect(cluster.log.all.filter(({ kind }) => kind === 'died')).toEqual([]);
    const growth = Object.entries(memory.growth()).map(([name, megabytes]) => `${name} ${megabytes} MB`);
    say(
      `${bombardment.sent} malformed messages and ${mischief.sent} forged ones in ${seconds(ms)} (seed ${seed}): ` +
        `counted ${JSON.stringify(atCoordinator.counted)}, ${JSON.stringify(atWorkers.expected)} by each worker; ` +
        `memory grew at most by: ${growth.join(', ')}; ${lines} lines of log`,
    );
    expect(memory.growthBeyond(mostMegabytes)).toEqual({});
    expect(lines).toBeLessThan((mostLinesASecond * ms) / 1_000);
    const { refused } = JSON.parse((await cluster.ask('status', '--json')).stdout);
    expect(refused).toEqual((await cluster.watch.status()).refused);
  });
});
