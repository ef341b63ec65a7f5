import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describeWithNats } from '../nats/nats-server.ts';
import { Cluster, undisturbed } from './cluster.ts';
import { note } from './figures.ts';
import { steps } from './recipes.ts';
import { resultOf } from './result.ts';
import { Sparring } from './sparring.ts';

const team = { trainers: 2, attackers: 0 };

describeWithNats('a machine that goes down with all of a cluster', () => {
  let cluster: Cluster;
  afterEach(() => cluster?.close());

  it('needs one command to go on from the last checkpoint, and to fetch a result that nobody fetched', async () => {
    const expected = undisturbed(steps);
    cluster = await Cluster.start(team, { recipe: steps });
    const { told } = cluster.watch;
    const { event } = await told.until('a checkpoint', ({ event }) => event.kind === 'checkpoint' && event.step > 10);
    const saved = (event as { step: number }).step;
    const startedAt = performance.now();
    await cluster.kill();

    cluster = await Cluster.start(team, { recipe: steps, folder: cluster.folder });
    const first = await cluster.watch.told.until('training goes on', ({ event }) => event.kind === 'progress');
    note('all of it is killed, and started again', first.at - startedAt);
    expect((first.event as { step: number }).step).toBeGreaterThan(saved);
    cluster.setPace('none');
    const finished = await cluster.up.finished;
    expect(finished.stderr).toMatch(/Going on with \S+, from its last checkpoint/);
    expect(resultOf(finished, join(cluster.folder, 'runs'))).toEqual(await expected);

    await cluster.kill();
    rmSync(join(cluster.folder, 'runs'), { recursive: true });
    cluster = await Cluster.start(team, { recipe: steps, folder: cluster.folder });
    const fetched = await cluster.up.finished;
    expect(fetched.stderr).toMatch(/is finished already; its folder was not fetched/);
    expect(resultOf(fetched, join(cluster.folder, 'runs'))).toEqual(await expected);
  });

  it('is not begun anew beside what lives on of it: two brokers would destroy the store', async () => {
    cluster = await Cluster.start(team);
    for (const pid of [guardOf(cluster.up.pid), cluster.up.pid]) process.kill(pid, 'SIGKILL');
    await cluster.up.finished;
    const { code, stderr } = await new Sparring(['up', '--trainers', '1'], cluster.folder).finished;
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('its broker still runs at nats://') });
  });
});

/** The process that kills what an `up` leaves that is killed itself. */
function guardOf(up: number): number {
  const processes = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  const isGuard = (line: string) => line.includes('orphan-guard') && Number(line.trim().split(/\s+/)[1]) === up;
  return Number.parseInt(processes.find(isGuard)!, 10);
}
