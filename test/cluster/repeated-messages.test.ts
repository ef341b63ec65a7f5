import { clusterSubjects, subjectsOf } from '@sparring/protocol';
import type { NatsBus } from '@sparring/runtime';
import { describeWithNats } from '../nats/nats-server.ts';
import { Cluster, undisturbed } from './cluster.ts';
import { eventually } from './eventually.ts';
import { steps } from './recipes.ts';
import { connectAs } from './watch.ts';

const { membership, work, results, parameters } = subjectsOf('*');
const fromWorkers = [
  ...Object.values(membership),
  ...Object.values(results),
  ...[work.ask, parameters.fetch, clusterSubjects().membership.beat],
].map(({ name }) => name);

/** How long after a message its repetitions come: behind later ones. */
const delaysMs = [0, 3, 40, 250, 1_000];

describeWithNats('messages of workers that arrive time and again, and out of order', () => {
  let cluster: Cluster;
  let [ear, mouth]: NatsBus[] = [];
  beforeAll(async () => {
    cluster = await Cluster.start({ trainers: 2, attackers: 1 });
    ear = await connectAs('coordinator', cluster.credentials('coordinator'));
    mouth = await connectAs('trainer', cluster.credentials('trainer'));
  });
  afterAll(async () => {
    await Promise.all([ear?.close(), mouth?.close()]);
    await cluster.close();
  });

  it('change no bit: results are accepted once, and the same question has the same answer', async () => {
    const expected = undisturbed(steps);
    const [from, to] = [ear!.link.connection, mouth!.link.connection];
    const heard = new Set<string>();
    let repeated = 0;
    for (const name of fromWorkers) {
      from.subscribe(name, {
        callback: (_, { subject, data, reply }) => {
          const content = Buffer.from(data).toString('latin1');
          if (heard.has(content)) return;
          heard.add(content);
          const again = () => {
            if (!to.isClosed() && !to.isDraining()) to.publish(subject, data, reply ? { reply } : {});
          };
          for (const delayMs of delaysMs) setTimeout(again, delayMs).unref();
          repeated += delaysMs.length;
        },
      });
    }
    const run = cluster.submit(steps);
    await run.underWay();
    await eventually(
      () => cluster.watch.status(),
      ({ staleResults }) => staleResults > 10,
    );
    expect(await run.result()).toEqual(await expected);
    expect(repeated).toBeGreaterThan(1_000);
  });
});
