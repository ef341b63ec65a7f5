import { setTimeout as delay } from 'node:timers/promises';
import { Cluster } from '../cluster/cluster.ts';
import { writeRecipe } from '../cluster/recipes.ts';
import { Sparring } from '../cluster/sparring.ts';
import { digestsOf, sweptOf, undisturbedSweep } from '../cluster/swept.ts';
import { describeWithNats } from '../nats/nats-server.ts';
import { say, seconds } from './say.ts';
import { seeded } from './seeded.ts';

const seed = Number(process.env.CHAOS_SEED ?? 1);
const numRuns = 200;
const names = ['trainer-1', 'trainer-2', 'coordinator', 'broker'];
/** Of runs that end between two kills, so that there are as many on any machine; and a moment within one of them. */
const [fewest, most, momentMs] = [3, 8, 1_000];

/** A run of about half a second. */
const small = `
data: { set: synthetic, synthetic: { train: 1200, test: 300, side: 8, classes: 4 }, validation: 200 }
model: { kind: maxout, layers: [{ units: 12, pieces: 2, keep: .9 }] }
epochs: 15
batch: 50
shards: 2
alpha: .3
attack: { kind: fgsm, epsilon: .1 }
optimizer: { learningRate: .1, momentum: .5 }
checkpointEverySeconds: .2
`;
const seeds = ['--seeds', `0..${numRuns - 1}`];

describeWithNats('a sweep of two hundred runs on two slots', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await Cluster.start({ trainers: 2, attackers: 0 });
  });
  afterAll(() => cluster.close());

  it('of which kill -9 takes a process every few seconds ends with one result a run, to the same bits', async () => {
    const calmAt = performance.now();
    const expected = digestsOf(await undisturbedSweep(small, ...seeds, '--slots', '2'));
    const calmMs = performance.now() - calmAt;

    const startedAt = performance.now();
    const file = writeRecipe(cluster.folder, small);
    const client = ['--credentials', cluster.credentials('client')];
    const following = new Sparring(['sweep', file, ...seeds, ...client, '--json'], cluster.folder);
    const over = new AbortController();
    const killing = killAtRandom(following, over.signal);
    const { code, stdout, stderr } = await following.finished;
    over.abort();
    const killed = await killing;
    expect({ code, stderr: code === 0 ? '' : stderr.slice(-2_000) }).toEqual({ code: 0, stderr: '' });

    const swept = sweptOf({ stdout });
    expect(swept.counts).toEqual({ runs: numRuns, done: numRuns, failed: 0, pruned: 0, begun: 0, waiting: 0 });
    expect(digestsOf(swept)).toEqual(expected);
    const store = await cluster.store('sweeps');
    expect(await store.list('result')).toHaveLength(numRuns);

    const list = names.map((name) => `${name} ${killed.filter((other) => other === name).length}`).join(', ');
    const times = `${seconds(performance.now() - startedAt)}, in one undisturbed process ${seconds(calmMs)}`;
    say(`${numRuns} runs and ${killed.length} kills (${list}; seed ${seed}): ${numRuns} results, 0 twice, in ${times}`);
    expect(killed.length).toBeGreaterThan(10);
  });

  async function killAtRandom({ lines }: Sparring, over: AbortSignal): Promise<string[]> {
    const random = seeded(seed);
    const killed: string[] = [];
    const ended = () => lines.all.filter((line) => / seed \d+ done/.test(line)).length;
    const wait = (ms: number) => delay(ms, undefined, { signal: over }).catch(() => {});
    while (!over.aborted) {
      const enough = ended() + fewest + Math.floor((most - fewest + 1) * random());
      while (!over.aborted && ended() < enough) await wait(100);
      await wait(momentMs * random());
      if (over.aborted) break;
      const name = names[Math.floor(random() * names.length)]!;
      await cluster.kill9(name);
      killed.push(name);
    }
    return killed;
  }
});
