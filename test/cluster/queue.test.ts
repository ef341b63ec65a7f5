import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describeWithNats } from '../nats/nats-server.ts';
import { Cluster, undisturbed } from './cluster.ts';
import { steps } from './recipes.ts';
import { resultOf } from './result.ts';
import { Sparring } from './sparring.ts';

/** Long enough not to end before anything is done to it, however busy the machine is. */
const endless = ['--set', 'epochs=10000'];

describeWithNats('the runs of a cluster', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await Cluster.start({ trainers: 1, attackers: 1 });
  });
  afterAll(() => cluster.close());

  it('wait for their turn; one that is cancelled makes room for the next', async () => {
    const expected = undisturbed(steps, '--seed', '2');
    const first = cluster.submit(steps, ...endless);
    const firstId = await first.id();
    const second = cluster.submit(steps, '--seed', '2');
    expect(await second.command.lines.until('it waits', (line) => line.includes('first'))).toBe(
      '1 run of this cluster comes first.',
    );
    await first.underWay();
    const cancelled = { code: 0, stdout: `${firstId} is cancelled.\n` };
    expect(await cluster.ask('cancel', firstId)).toMatchObject(cancelled);
    const { code, stderr } = await first.command.finished;
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`${firstId} was cancelled after step \\d+`));
    expect(await second.result()).toEqual(await expected);
  });

  it('go on when Ctrl-C ends the command that follows them; another follows them, and fetches the folder', async () => {
    const expected = undisturbed(steps);
    const run = cluster.submit(steps);
    const id = await run.id();
    await run.underWay();
    run.command.signal('SIGINT');
    const { code, stderr } = await run.command.finished;
    expect(code).toBe(130);
    const connection = ['--credentials', '.sparring/credentials/client.env'];
    expect(stderr).toContain(`follow ${id} ${connection.join(' ')}`);
    expect(stderr).toContain(`cancel ${id} ${connection.join(' ')}`);
    cluster.setPace('none');
    const follow = new Sparring(['follow', id, ...connection, '--json'], cluster.folder);
    expect(resultOf(await follow.finished, join(cluster.folder, 'runs'))).toEqual(await expected);
    expect(existsSync(join(cluster.folder, 'runs', id, 'checkpoints/last.safetensors'))).toBe(true);
  });
});
