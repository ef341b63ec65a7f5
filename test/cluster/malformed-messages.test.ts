import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWithNats } from '../nats/nats-server.ts';
import { Cluster, undisturbed } from './cluster.ts';
import { Bombardment } from './malformed/bombardment.ts';
import { Scene } from './malformed/scene.ts';
import { steps } from './recipes.ts';

// The long one is in test/chaos.
describeWithNats('5,000 malformed messages', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await Cluster.start({ trainers: 1, attackers: 1 });
  });
  afterAll(() => cluster.close());

  it('are each counted by reason, and change neither processes nor bits', async () => {
    const options = ['--set', 'epochs=30'];
    const expected = undisturbed(steps, ...options);
    const run = cluster.submit(steps, ...options);
    await run.underWay();
    const scene = await Scene.open(cluster, await run.id());
    const bombardment = new Bombardment(scene, 1);

    const t0 = performance.now();
    const atCoordinator = await bombardment.coordinator(3_500);
    console.log(
      'coordinator',
      performance.now() - t0,
      atCoordinator.counted,
      atCoordinator.expected,
      atCoordinator.barrages.map((b) => b.answers),
    );
    const atWorkers = await bombardment.workers(1_000, ['trainer-1', 'attacker-1']);
    console.log('workers', performance.now() - t0, atWorkers);
    await bombardment.clients(200);
    console.log('unfinished', await bombardment.unfinished(300, 300 - 128));
    console.log(performance.now() - t0);
    writeFileSync(join(cluster.folder, 'hurry'), '');
    expect(await run.result()).toEqual(await expected);
    console.log(performance.now() - t0);
    expect(cluster.log.all.filter(({ kind }) => kind === 'died')).toEqual([]);
    await scene.close();
  });
});
