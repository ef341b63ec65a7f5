import { describeWithNats } from '../nats/nats-server.ts';
import { Cluster, undisturbed } from './cluster.ts';
import { Bombardment } from './malformed/bombardment.ts';
import { Memory } from './malformed/memory.ts';
import { Mischief } from './malformed/mischief.ts';
import { Scene } from './malformed/scene.ts';
import { steps } from './recipes.ts';

// The long one is in test/chaos.
describeWithNats('5,000 malformed messages', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await Cluster.start({ trainers: 1, attackers: 1 });
  });
  afterAll(() => cluster.close());

  it('are each counted by reason, and end no process, fill no memory and change no bit', async () => {
    const expected = undisturbed(steps);
    const run = cluster.submit(steps);
    await run.underWay();
    const scene = await Scene.open(cluster, await run.id());
    const memory = new Memory(cluster);
    const bombardment = new Bombardment(scene, 1);

    const atCoordinator = await bombardment.coordinator(3_500);
    expect(atCoordinator.counted).toEqual(atCoordinator.expected);
    expect(atCoordinator.faults).toEqual([]);
    const atWorkers = await bombardment.workers(1_000, ['trainer-1', 'attacker-1']);
    expect(atWorkers.counted).toEqual([atWorkers.expected, atWorkers.expected]);
    await bombardment.clients(200);
    expect(await bombardment.unfinished(300, 300 - 2 * mostOpen)).toBeGreaterThanOrEqual(300 - 2 * mostOpen);
    await new Mischief(scene).sendAway();

    await scene.close();
    expect(await run.result()).toEqual(await expected);
    expect(cluster.log.all.filter(({ kind }) => kind === 'died')).toEqual([]);
    // Megabytes.
    expect(memory.growthBeyond(150)).toEqual({});
  });
});

/** Messages of one subject that are incomplete at once. */
const mostOpen = 64;
