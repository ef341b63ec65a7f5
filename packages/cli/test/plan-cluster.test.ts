import { EventEmitter, once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brokerAccount, findNatsServer, readCredentials, startBroker } from '@sparring/runtime';
// @boundaries-ignore tests of several packages start the same server
import { describeWithNats } from '../../../test/nats/nats-server.ts';
import { type ClusterState, openClusterState } from '../dist/up/cluster-state.js';
import { planCluster } from '../dist/up/plan-cluster.js';
import { Supervisor } from '../dist/up/supervisor.js';

const folder = mkdtempSync(join(tmpdir(), 'sparring-up-'));
const root = join(folder, '.sparring');
afterAll(() => rmSync(folder, { recursive: true }));

let state: ClusterState | undefined;
afterEach(() => state?.lock.release());

const portOf = (url: string) => Number(new URL(url).port);

describeWithNats('the state of a cluster', () => {
  it('is a broker that starts, and credentials of every role for it', async () => {
    state = await openClusterState(root);
    const broker = await startBroker(state.brokerConfigFile);
    expect(broker.url).toBe(state.url);
    await broker.stop();
    expect(statSync(join(root, 'jetstream')).isDirectory()).toBe(true);
    expect(statSync(root).mode & 0o777).toBe(0o700);
    for (const [role, file] of Object.entries(state.credentials)) {
      expect(file).toBe(join(root, 'credentials', `${role}.env`));
      expect(readCredentials(file)).toMatchObject({ SPARRING_NATS_URL: state.url, SPARRING_NATS_USER: role });
    }
  });

  it('is taken up again, with its passwords and its port', async () => {
    const before = await openClusterState(root);
    const [configuration, trainer] = [before.brokerConfigFile, before.credentials.trainer].map((file) =>
      readFileSync(file, 'utf8'),
    );
    await before.lock.release();
    state = await openClusterState(root);
    expect(state.url).toBe(before.url);
    // But for the bound of its store, since the disk has room for more or less each time.
    const withoutBound = (text: string | undefined) => text?.replace(/(max_file(?:_store)?): \d+/g, '$1');
    expect(withoutBound(readFileSync(state.brokerConfigFile, 'utf8'))).toBe(withoutBound(configuration));
    expect(readFileSync(state.credentials.trainer, 'utf8')).toBe(trainer);
  });

  it('bounds what its broker stores by the disk, and adopts what a broker without accounts has stored', async () => {
    const adopting = join(folder, 'adopting');
    mkdirSync(join(adopting, 'jetstream', 'jetstream', '$G', 'streams'), { recursive: true });
    writeFileSync(join(adopting, 'jetstream', 'jetstream', '$G', 'streams', 'old'), 'x'.repeat(1_000));
    state = await openClusterState(adopting);
    expect(readdirSync(join(adopting, 'jetstream', 'jetstream'))).toEqual([brokerAccount]);
    expect(readdirSync(join(adopting, 'jetstream', 'jetstream', brokerAccount, 'streams'))).toEqual(['old']);
    const { bavail, bsize } = statfsSync(adopting);
    const most = Number(/max_file: (\d+)/.exec(readFileSync(state.brokerConfigFile, 'utf8'))![1]);
    // Others use the disk too.
    expect(most / (bavail * bsize)).toBeGreaterThan(0.7);
    expect(most / (bavail * bsize)).toBeLessThan(0.8);
  });

  it('moves to another port where its own is taken', async () => {
    const before = await openClusterState(root);
    await before.lock.release();
    const server = createServer().listen(portOf(before.url), '127.0.0.1');
    await once(server, 'listening');
    state = await openClusterState(root);
    server.close();
    expect(portOf(state.url)).not.toBe(portOf(before.url));
    expect(readFileSync(state.brokerConfigFile, 'utf8')).toContain(`listen: "127.0.0.1:${portOf(state.url)}"`);
  });

  it('has another port than one that begins at the same time', async () => {
    const other = join(folder, 'other');
    const begun = await Promise.all([openClusterState(root), openClusterState(other)]);
    const ports = begun.map(({ url }) => portOf(url));
    for (const { lock } of begun) await lock.release();
    expect(new Set(ports).size).toBe(2);
  });

  it('belongs to one at a time', async () => {
    state = await openClusterState(root);
    await expect(openClusterState(root)).rejects.toThrow(`the cluster is in use by process ${process.pid}`);
  });

  it('says what is wrong with damaged credentials, and is free again', async () => {
    const damaged = join(folder, 'damaged');
    const first = await openClusterState(damaged);
    await first.lock.release();
    writeFileSync(first.credentials.client, 'SPARRING_NATS_USER=client\n');
    await expect(openClusterState(damaged)).rejects.toThrow('SPARRING_NATS_PASSWORD: got nothing');
    rmSync(first.credentials.client);
    state = await openClusterState(damaged);
  });
});

describe('the processes of a cluster', () => {
  it('have a broker that comes back where it was', async () => {
    state = await openClusterState(root);
    const natsServer = findNatsServer()!;
    const request = { numTrainers: 0, numAttackers: 0, natsServer, command: 'node', commandArgs: [] };
    const [brokerAlone] = planCluster(state, request);
    const ready = new EventEmitter();
    const supervisor = new Supervisor([brokerAlone!], {
      onEvent: (event) => {
        if (event.kind === 'line' && event.line.includes('Server is ready')) ready.emit('ready');
      },
      backoff: { leastMs: 20, mostMs: 80, settledMs: 30_000 },
    });
    const firstReady = once(ready, 'ready');
    const running = supervisor.run();
    await firstReady;
    const [first] = supervisor.alive();
    const secondReady = once(ready, 'ready');
    process.kill(first!.pid!, 'SIGKILL');
    await secondReady;
    const socket = connect(portOf(state.url), '127.0.0.1');
    expect(String((await once(socket, 'data'))[0])).toContain('"server_name":"sparring"');
    socket.destroy();
    await supervisor.stop();
    await running;
  });

  it('are broker, coordinator and workers, each with the credentials of its own role', async () => {
    state = await openClusterState(root);
    const stages = planCluster(state, {
      numTrainers: 2,
      numAttackers: 1,
      natsServer: '/usr/sbin/nats-server',
      command: 'node',
      commandArgs: ['sparring.js'],
      roleArgs: { trainer: ['--threads', '2'] },
    });
    const { coordinator, trainer, attacker } = state.credentials;
    expect(stages.map((plans) => plans.map(({ name, command, args }) => [name, command, ...args]))).toEqual([
      [['broker', '/usr/sbin/nats-server', '-c', state.brokerConfigFile]],
      [['coordinator', 'node', 'sparring.js', 'coordinator', '--credentials', coordinator]],
      [
        ['trainer-1', 'node', 'sparring.js', 'trainer', '--credentials', trainer, '--threads', '2'],
        ['trainer-2', 'node', 'sparring.js', 'trainer', '--credentials', trainer, '--threads', '2'],
        ['attacker-1', 'node', 'sparring.js', 'attacker', '--credentials', attacker],
      ],
    ]);
    expect(stages.flat().map(({ refusalCode }) => refusalCode)).toEqual([null, 2, 2, 2, 2]);
    expect(stages.flat().map(({ orderlyCodes }) => orderlyCodes)).toEqual([[0, 1], [0], [0], [0], [0]]);
    expect(stages.flat().map(({ graceMs }) => graceMs)).toEqual([10_000, 30_000, 10_000, 10_000, 10_000]);
  });
});
