import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describeWithNats } from '../nats/nats-server.ts';
import { Cluster, undisturbed } from './cluster.ts';
import { steps, writeRecipe } from './recipes.ts';
import { Sparring } from './sparring.ts';
import { digestsOf, type Swept, short, sweptOf, undisturbedSweep } from './swept.ts';

const team = { trainers: 2, attackers: 0 };
const seeds = ['--seeds', '0..11'];

describeWithNats('a sweep over NATS', () => {
  let cluster: Cluster;
  let expected: Promise<Swept>;
  beforeAll(() => {
    expected = undisturbedSweep(short, ...seeds);
  });
  afterEach(() => cluster?.close());

  const sweep = (...options: string[]) => [
    ...['sweep', writeRecipe(cluster.folder, short), ...seeds, '--json'],
    ...['--credentials', cluster.credentials('client'), ...options],
  ];
  const isDone = (line: string) => / seed \d+ done/.test(line);

  /** Resolves when so many more runs have ended than had. */
  async function more(following: Sparring, runs: number): Promise<void> {
    const { lines } = following;
    for (let from = lines.all.length, left = runs; left > 0; left--) {
      await lines.until('a run ends', isDone, { from, withinMs: 60_000 });
      from = lines.all.findIndex((line, index) => index >= from && isDone(line)) + 1;
    }
  }

  it('ends with one result a run, to the same bits, whoever is killed and when, all of it at once too', async () => {
    cluster = await Cluster.start(team);
    const following = new Sparring(sweep(), cluster.folder);
    await more(following, 1);
    for (const name of ['trainer-1', 'coordinator', 'broker', 'trainer-2']) {
      await cluster.kill9(name);
      await more(following, 1);
    }
    await following.kill();
    await cluster.kill();

    cluster = await Cluster.start(team, { folder: cluster.folder });
    const finished = await new Sparring(sweep(), cluster.folder).finished;
    expect(finished).toMatchObject({ code: 0 });
    const { counts, runs } = sweptOf(finished);
    expect(counts).toEqual({ runs: 12, done: 12, failed: 0, pruned: 0, begun: 0, waiting: 0 });
    expect(runs.every(({ attempts, error }) => attempts === 0 && error === null)).toBe(true);
    expect(digestsOf(sweptOf(finished))).toEqual(digestsOf(await expected));

    const store = await cluster.store('sweeps');
    expect(await store.list('result')).toHaveLength(12);
    // Of runs that are done, nothing is left but what they came to.
    expect(await store.listObjects('run/')).toEqual([]);
  }, 240_000);

  it('makes way for a run that is submitted, and goes on; it pauses, goes on, and is forgotten', async () => {
    cluster = await Cluster.start(team);
    const following = new Sparring(sweep(), cluster.folder);
    await more(following, 1);
    const result = await cluster.submit(steps).result();
    const paused = await cluster.ask('sweep', 'pause', 'recipe');
    expect(paused).toMatchObject({ code: 0 });
    expect(await following.finished).toMatchObject({ code: 130, stderr: expect.stringContaining('was paused with') });
    const standing = sweptOf(await cluster.ask('sweep', 'status', 'recipe', '--json'));
    expect(standing.standing).toBe('paused');
    expect(standing.counts.done).toBeLessThan(12);
    expect(result).toEqual(await undisturbed(steps));

    const finished = await cluster.ask('sweep', 'resume', 'recipe', '--json', '--out', 'fetched');
    expect(digestsOf(sweptOf(finished))).toEqual(digestsOf(await expected));
    // Each of them is in its folder, as far as it is kept.
    for (const { folder } of sweptOf(finished).runs as unknown as { folder: string }[]) {
      const path = join(cluster.folder, 'fetched', folder);
      expect(['config.yaml', 'metrics.jsonl', 'summary.json'].map((name) => existsSync(join(path, name)))).toEqual([
        ...[true, true, true],
      ]);
    }

    const { sweep: id } = sweptOf(finished);
    expect((await cluster.ask('sweeps', '--json')).stdout).toContain(`"sweep":"${id}","standing":"ended"`);
    expect(await cluster.ask('sweep', 'rm', id)).toMatchObject({ code: 0 });
    expect((await cluster.ask('sweeps')).stdout).toContain('There are no sweeps');
  }, 240_000);
});
