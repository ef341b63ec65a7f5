import { randomBytes } from 'node:crypto';
import { type BusEvent, NatsBus, NatsStore } from '../dist/index.js';
import { describeWithNats, NatsServer } from './nats-server.ts';

const megabyte = 1_000_000;
const events: BusEvent[] = [];
const busses: NatsBus[] = [];

/** The account's bound its users are told; the server's they are not. */
const bounds = {
  account: () => NatsServer.start('accounts { a { jetstream { max_file: 4MB }, users: [{ user: u, password: p }] } }'),
  server: () => NatsServer.start('', 'max_file_store: 4MB'),
};

async function open(kind: keyof typeof bounds): Promise<NatsStore> {
  const server = await bounds[kind]();
  const credentials = kind === 'account' ? { user: 'u', password: 'p' } : null;
  const bus = await NatsBus.connect({ servers: server.url, credentials, name: 'test' });
  busses.push(bus);
  return NatsStore.open(bus, { onEvent: (event) => events.push(event) });
}

afterEach(async () => {
  await Promise.all(busses.splice(0).map((bus) => bus.close()));
  events.splice(0);
});

/** Puts megabytes until one has no room. Returns the names of those that had. */
async function fill(store: NatsStore): Promise<string[]> {
  for (const names: string[] = []; ; names.push(`run/${names.length}`))
    if (!(await store.putObjectIfRoom(`run/${names.length}`, randomBytes(megabyte)))) return names;
}

describeWithNats('a store that is bounded', () => {
  test('tells how much room there is, where its bound is the account’s', async () => {
    const store = await open('account');
    await store.putObject('run/a', randomBytes(megabyte));
    const { used, most } = (await store.room())!;
    expect(most).toBe(4 * 2 ** 20);
    expect(used).toBeGreaterThan(megabyte);
    expect(used).toBeLessThan(1.1 * megabyte);
    expect(await (await open('server')).room()).toBeNull();
  });

  test.each(['account', 'server'] as const)('has room again for whatever was deleted (%s)', async (kind) => {
    const store = await open(kind);
    for (let time = 0; time < 12; time++) {
      expect(await store.putObjectIfRoom(`run/${time}`, randomBytes(megabyte))).toBe(true);
      await store.deleteObject(`run/${time}`);
    }
    expect(await store.listObjects('')).toEqual([]);
    if (kind === 'account') expect((await store.room())!.used).toBeLessThan(megabyte / 50);
  });

  test.each(['account', 'server'] as const)(
    'refuses an object without keeping any of it, deletes all the same, and then does what waited (%s)',
    async (kind) => {
      const store = await open(kind);
      const names = await fill(store);
      expect(names.length).toBeGreaterThan(2);
      expect((await store.listObjects('')).sort()).toEqual(names);
      const waiting = store.putObject('run/late', randomBytes(megabyte));
      for (let time = 0; events.length === 0 && time < 500; time++)
        await new Promise((resolve) => setTimeout(resolve, 10));
      expect(events[0]).toMatchObject({ kind: 'store-waiting', reason: expect.stringMatching(/store is full/) });
      for (const name of names) await store.deleteObject(name);
      await waiting;
      expect(await store.listObjects('')).toEqual(['run/late']);
      await store.put('run.a', 'x');
      // Nothing of what was refused is counted any more, whatever the broker's version.
      if (kind === 'account') expect((await store.room())!.used).toBeLessThan(1.1 * megabyte);
    },
  );
});
