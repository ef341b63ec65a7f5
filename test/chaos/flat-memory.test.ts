import { Cluster } from '../cluster/cluster.ts';
import { describeWithNats } from '../nats/nats-server.ts';
import { mnist } from './recipes.ts';
import { residentMegabytes } from './resident-memory.ts';
import { say, seconds } from './say.ts';

const names = ['broker', 'coordinator', 'trainer-1', 'trainer-2', 'attacker-1'];
const numSteps = 5_000;
/** A net so small that the messages count, and epochs and checkpoints that come often. */
const options = [
  'model={ kind: maxout, layers: [{ units: 16, pieces: 2 }] }',
  ...['batch=20', `maxSteps=${numSteps}`, 'data={ set: mnist, limit: 10000 }', 'checkpointEverySeconds=2'],
];
/**
 * From the second thousand of steps to the last a process may grow by so much, as V8 and malloc come to rest. One message a step that is
 * not let go, 100 kB of gradients, would be 300 MB.
 */
const allowed = { factor: 1.1, megabytes: 32 };

describeWithNats(`over ${numSteps} steps`, () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await Cluster.start({ trainers: 2, attackers: 1 });
  });
  afterAll(() => cluster.close());

  it('the memory of no process grows', async () => {
    const run = cluster.submit(mnist, ...options.flatMap((assignment) => ['--set', assignment]));
    const startedAt = performance.now();
    const children = Object.fromEntries(names.map((name) => [name, cluster.pid(name)]));
    const pids = { ...children, up: cluster.up.pid, follower: run.command.pid };
    const samples = Object.entries(pids).map(([name, pid]) => ({
      name,
      pid,
      early: [] as number[],
      late: [] as number[],
    }));
    const timer = setInterval(() => {
      for (const { pid, early, late } of samples) {
        const megabytes = residentMegabytes(pid);
        if (megabytes === null) continue;
        if (run.step >= 0.2 * numSteps && run.step < 0.4 * numSteps) early.push(megabytes);
        if (run.step >= 0.8 * numSteps) late.push(megabytes);
      }
    }, 500);
    await run.reaches(numSteps - 20, 1_700_000).finally(() => clearInterval(timer));
    await run.result();

    const medians = samples.map(({ name, early, late }) => ({ name, early: median(early), late: median(late) }));
    const list = medians
      .map(({ name, early, late }) => `${name} ${early.toFixed(0)} to ${late.toFixed(0)} MB`)
      .join(', ');
    say(`${numSteps} steps in ${seconds(performance.now() - startedAt)}: ${list}`);
    expect(cluster.log.all.filter(({ kind }) => kind === 'died')).toEqual([]);
    const grown = medians.filter(({ early, late }) => late > early * allowed.factor + allowed.megabytes);
    expect(grown).toEqual([]);
  });
});

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
