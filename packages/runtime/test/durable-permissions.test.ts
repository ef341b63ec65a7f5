import { jetstream } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import { Objm } from '@nats-io/obj';
import { connect } from '@nats-io/transport-node';
import { durableBucket, inboxPrefix } from '../dist/index.js';
import { passwords, startTestBroker } from './test-broker.ts';

it('lets the coordinator keep entries and objects, with nothing refused on the way', async () => {
  const violations: string[] = [];
  const broker = await startTestBroker({}, (line) => {
    if (line.includes('Violation')) violations.push(line);
  });
  const user = { user: 'coordinator', pass: passwords.coordinator, inboxPrefix: inboxPrefix('coordinator') };
  const connection = await connect({ servers: broker.url, ...user });

  const entries = await new Kvm(jetstream(connection)).create(durableBucket);
  const revision = await entries.create('runs.a', '1');
  await entries.update('runs.a', '2', revision);
  await expect(entries.create('runs.a', '3')).rejects.toThrow(/wrong last sequence/);
  expect((await entries.get('runs.a'))?.string()).toBe('2');
  for (const read of [await entries.keys('runs.>'), await entries.history({ key: 'runs.>' })]) {
    let found = 0;
    for await (const _ of read) found++;
    expect(found).toBe(1);
  }
  await entries.delete('runs.a');
  await entries.purge('runs.a');
  await entries.create('runs.a', '4');

  // Large enough for JetStream's flow control, whose subjects are a matter of permissions too.
  const bytes = new Uint8Array(8_000_000).fill(7);
  const objects = await new Objm(jetstream(connection)).create(durableBucket);
  for (let time = 0; time < 2; time++) await objects.putBlob({ name: 'run/10' }, bytes);
  expect(Buffer.from((await objects.getBlob('run/10'))!).equals(bytes)).toBe(true);
  expect(await objects.list()).toHaveLength(1);
  await objects.delete('run/10');

  await connection.close();
  await broker.stop();
  expect(violations).toEqual([]);
});
