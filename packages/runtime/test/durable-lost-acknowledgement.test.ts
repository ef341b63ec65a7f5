import { once } from 'node:events';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { durableBucket, NatsBus, NatsStore } from '../dist/index.js';
import { describeWithNats, NatsServer } from './nats-server.ts';

describeWithNats('the durable store writes once, where the acknowledgement is lost', () => {
  // Between store and broker: drops a connection in place of what it was told to.
  let relay: Server;
  let dropAt = '';
  let port: number;
  let server: NatsServer;
  let bus: NatsBus;
  beforeEach(async () => {
    server = await NatsServer.start();
    relay = createServer((client) => pass(client, dial(Number(new URL(server.url).port), '127.0.0.1')));
    relay.listen(0, '127.0.0.1');
    await once(relay, 'listening');
    ({ port } = relay.address() as { port: number });
  });
  afterEach(async () => {
    await bus.close();
    relay.close();
    await server.remove();
  });

  function pass(client: Socket, broker: Socket): void {
    client.pipe(broker);
    broker.on('data', (chunk: Buffer) => {
      if (dropAt === '' || !chunk.includes(dropAt)) return void client.write(chunk);
      dropAt = '';
      client.destroy();
      broker.destroy();
    });
    for (const socket of [client, broker]) {
      socket.on('error', () => {});
      socket.on('close', () => [client, broker].forEach((either) => void either.destroy()));
    }
  }

  async function openBehindRelay(): Promise<NatsStore> {
    bus = await NatsBus.connect({ servers: `nats://127.0.0.1:${port}`, name: 'test' });
    return NatsStore.open(bus, {});
  }

  const acknowledgement = `{"stream":"KV_${durableBucket}"`;

  test('the broker knows the write that is repeated', async () => {
    const store = await openBehindRelay();
    const first = (await store.create('term', '1'))!;
    dropAt = acknowledgement;
    expect(await store.update('term', '2', first)).toBe(first + 1);
    dropAt = acknowledgement;
    expect(await store.put('term', '3')).toBe(first + 2);
    dropAt = acknowledgement;
    expect(await store.create('other', '1')).toBe(first + 3);
    expect(await store.get('term')).toEqual({ key: 'term', value: '3', revision: first + 2 });
    expect(dropAt).toBe('');
  });

  test('the write is recognised where the broker has forgotten it', async () => {
    const store = await openBehindRelay();
    const connection = await connect({ servers: server.url });
    const manager = await jetstreamManager(connection);
    const stream = `KV_${durableBucket}`;
    const { config } = await manager.streams.info(stream);
    const first = (await store.create('term', '1'))!;
    dropAt = acknowledgement;
    relay.close();
    const updated = store.update('term', '2', first);
    await once(bus.link.changes, 'lost');
    // Its memory is as long as is said here, in nanoseconds, and is begun anew when it starts.
    await manager.streams.update(stream, { ...config, duplicate_window: 100_000_000 });
    await connection.close();
    await server.kill();
    await new Promise((resolve) => setTimeout(resolve, 150));
    await server.restart();
    relay.listen(port, '127.0.0.1');
    expect(await updated).toBe(first + 1);
  });
});
