import { once } from 'node:events';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { findNatsServer, freePort, startBroker } from '../dist/index.js';
import { describeWithNats } from './nats-server.ts';
import { scratchFolder } from './scratch-folder.ts';
import { startTestBroker } from './test-broker.ts';

describeWithNats('a started broker', () => {
  it('takes connections at its address until it is stopped', async () => {
    const broker = await startTestBroker();
    const { hostname: host, port } = new URL(broker.url);
    const socket = connect({ host, port: Number(port) });
    expect(String((await once(socket, 'data'))[0])).toContain('"jetstream":true');
    await broker.stop();
    await broker.stop();
    await expect(once(connect({ host, port: Number(port) }), 'connect')).rejects.toThrow('ECONNREFUSED');
  });

  it('says why it could not start', async () => {
    const file = join(scratchFolder(), 'nats-server.conf');
    writeFileSync(file, 'listen: "127.0.0.1:-1"\nnonsense: 1\n');
    await expect(startBroker(file)).rejects.toThrow(/nats-server ended by exit code 1: .*nonsense/s);
  });
});

describeWithNats('findNatsServer', () => {
  it('takes the first on the path that can be executed', () => {
    const [none, plain, good] = ['none', 'plain', 'good'].map((name) => join(scratchFolder(), name));
    for (const folder of [plain!, good!]) {
      mkdirSync(folder);
      writeFileSync(join(folder, 'nats-server'), '');
    }
    chmodSync(join(good!, 'nats-server'), 0o755);
    expect(findNatsServer(`${none}::${plain}:${good}`)).toBe(join(good!, 'nats-server'));
  });
});

describe('freePort', () => {
  it('is the wished one where it is free, else another', async () => {
    const wished = await freePort();
    expect(await freePort(wished)).toBe(wished);
    const server = createServer().listen(wished, '127.0.0.1');
    await once(server, 'listening');
    expect(await freePort(wished)).not.toBe(wished);
    server.close();
  });
});
