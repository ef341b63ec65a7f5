import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recipesFolder } from '@sparring/runtime';
import { Cluster, undisturbed } from '../cluster/cluster.ts';
import { describeWithNats } from '../nats/nats-server.ts';
import { say, seconds } from './say.ts';

const maxout1600 = readFileSync(join(recipesFolder, 'maxout-1600.yaml'), 'utf8');
const little = [
  'data={ set: synthetic, synthetic: { train: 700, test: 100 }, validation: 100 }',
  ...['maxSteps=6', 'earlyStop=false', 'evaluation.pgdIterations=1', 'checkpointEverySeconds=10'],
].flatMap((assignment) => ['--set', assignment]);

describeWithNats('parameters of 76 MB', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await Cluster.start({ trainers: 2, attackers: 1 });
  });
  afterAll(() => cluster.close());

  it('cross a broker that takes 1 MB a message, at every step, and again where it is killed in their midst', async () => {
    const expected = await undisturbed(maxout1600, ...little);
    expect(cluster.watch.bus.link.maxPayloadBytes).toBe(2 ** 20);
    const startedAt = performance.now();
    const calm = cluster.submit(maxout1600, ...little);
    expect(await calm.result()).toEqual(expected);
    const ms = performance.now() - startedAt;
    say(
      `76 MB of parameters: ${expected.steps} steps of 2 trainers and an attacker in ${seconds(ms)}, in 1 MB messages`,
    );

    const run = cluster.submit(maxout1600, ...little);
    await run.reaches(2, 600_000);
    await cluster.kill9('broker');
    expect(await run.result()).toEqual(expected);
  });
});
