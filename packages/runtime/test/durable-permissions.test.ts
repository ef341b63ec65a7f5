import { NatsBus } from '../dist/bus/nats-bus.js';
import { NatsStore } from '../dist/durable/nats-store.js';
import { inboxPrefix } from '../dist/index.js';
import { describeWithNats } from './nats-server.ts';
import { passwords, startTestBroker } from './test-broker.ts';

describeWithNats('the store', () => {
  it('lets the coordinator keep entries and objects, with nothing refused on the way', async () => {
    const violations: string[] = [];
    const broker = await startTestBroker({}, (line) => {
      if (line.includes('Violation')) violations.push(line);
    });
    const bus = await NatsBus.connect({
      servers: broker.url,
      credentials: { user: 'coordinator', password: passwords.coordinator },
      inboxPrefix: inboxPrefix('coordinator'),
      name: 'coordinator',
    });
    const store = await NatsStore.open(bus);

    const revision = await store.create('runs.a', '1');
    expect(await store.update('runs.a', '2', revision!)).toBeGreaterThan(revision!);
    expect(await store.create('runs.a', '3')).toBeNull();
    expect(await store.get('runs.a')).toMatchObject({ value: '2' });
    await store.put('runs.b', '4');
    expect(await store.list('runs')).toHaveLength(2);
    await store.delete('runs.a');
    expect(await store.create('runs.a', '5')).toBeGreaterThan(0);

    // Large enough for JetStream's flow control, whose subjects are a matter of permissions too.
    const bytes = new Uint8Array(8_000_000).fill(7);
    for (let time = 0; time < 2; time++) await store.putObject('run/10', bytes);
    expect(Buffer.from((await store.getObject('run/10'))!).equals(bytes)).toBe(true);
    expect(await store.getObject('run/11')).toBeNull();
    expect(await store.listObjects('run/')).toEqual(['run/10']);
    await store.deleteObject('run/10');

    await bus.close();
    await broker.stop();
    expect(violations).toEqual([]);
  });
});
