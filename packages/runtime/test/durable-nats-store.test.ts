import { createHash } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { Objm } from '@nats-io/obj';
import { connect } from '@nats-io/transport-node';
import { readObject } from '../dist/durable/read-object.js';
import { type BusEvent, durableBucket, inboxPrefix, NatsBus, NatsStore } from '../dist/index.js';
import { bytesOf, someValues } from './bus-subjects.ts';
import { describeWithNats, NatsServer } from './nats-server.ts';
import { passwords, startTestBroker } from './test-broker.ts';

describeWithNats('the durable store', () => {
  let server: NatsServer;
  beforeEach(async () => {
    server = await NatsServer.start();
  });
  const events: BusEvent[] = [];
  const busses: NatsBus[] = [];
  afterEach(async () => {
    await Promise.all(busses.splice(0).map((bus) => bus.close()));
    events.splice(0);
    await server.remove();
  });

  async function open(
    options: { servers?: string; signal?: AbortSignal } = {},
  ): Promise<{ bus: NatsBus; store: NatsStore }> {
    const { servers = server.url, signal } = options;
    const onEvent = (event: BusEvent) => events.push(event);
    const bus = await NatsBus.connect({ servers, name: 'test', onEvent });
    busses.push(bus);
    return { bus, store: await NatsStore.open(bus, { signal, onEvent }) };
  }

  test('keeps the last value of each key, until it is deleted', async () => {
    const { store } = await open();
    expect(await store.get('run.a')).toBeNull();
    const first = await store.put('run.a', 'one');
    const second = await store.put('run.a', 'two, with ünïcode');
    expect(second).toBeGreaterThan(first);
    expect(await store.get('run.a')).toEqual({ key: 'run.a', value: 'two, with ünïcode', revision: second });
    await store.delete('run.a');
    expect(await store.get('run.a')).toBeNull();
    expect(await store.list('run')).toEqual([]);
  });

  test('lists what begins with the same words, in the order in which it was last written', async () => {
    const { store } = await open();
    expect(await store.list('run')).toEqual([]);
    for (const key of ['run.a', 'run.b', 'run.c/d', 'running.e', 'other.f', 'run.a']) await store.put(key, key);
    await store.delete('run.b');
    expect((await store.list('run')).map(({ key, value }) => [key, value])).toEqual([
      ['run.c/d', 'run.c/d'],
      ['run.a', 'run.a'],
    ]);
    expect(await store.list('')).toHaveLength(4);
    expect(await store.list('nothing')).toEqual([]);
  });

  test('lists a key once, also while it is written', async () => {
    const { store } = await open();
    const { store: other } = await open();
    for (let n = 0; n < 50; n++) await store.put(`run.${n}`, 'before');
    let over = false;
    const writing = (async () => {
      for (let n = 0; !over; n++) await other.put(`run.${n % 50}`, `after ${n}`);
    })();
    for (let round = 0; round < 20; round++) {
      const keys = (await store.list('run')).map(({ key }) => key);
      expect(keys).toHaveLength(50);
      expect(new Set(keys).size).toBe(50);
    }
    over = true;
    await writing;
  });

  test('creates what is not there, and what was deleted; of many that try, one succeeds', async () => {
    const stores = await Promise.all([open(), open(), open()]);
    const { store } = stores[0];
    const attempts = await Promise.all(stores.map((one, index) => one.store.create('term', `of ${index}`)));
    const winner = attempts.findIndex((revision) => revision !== null);
    expect(attempts.filter((revision) => revision !== null)).toHaveLength(1);
    expect(await store.get('term')).toEqual({ key: 'term', value: `of ${winner}`, revision: attempts[winner] });
    await store.delete('term');
    const again = await Promise.all(stores.map((one, index) => one.store.create('term', `again ${index}`)));
    expect(again.filter((revision) => revision !== null)).toHaveLength(1);
  });

  test('replaces what is still at the revision that was seen, and nothing else', async () => {
    const [{ store }, { store: other }] = [await open(), await open()];
    const seen = (await store.create('term', '1'))!;
    const replaced = await other.update('term', '2', seen);
    expect(replaced).toBeGreaterThan(seen);
    expect(await store.update('term', '2', seen)).toBeNull();
    expect(await store.get('term')).toEqual({ key: 'term', value: '2', revision: replaced });
    expect(await store.update('term', '3', replaced!)).toBeGreaterThan(replaced!);
  });

  test('keeps objects to the bit, replaces them, lists and deletes them', async () => {
    const { store } = await open();
    const bytes = bytesOf(someValues(1_000_000));
    expect(await store.getObject('run/a')).toBeNull();
    expect(await store.listObjects('')).toEqual([]);
    await store.putObject('run/a', bytes.subarray(1));
    await store.putObject('run/a', bytes);
    await store.putObject('run/empty', new Uint8Array(0));
    await store.putObject('other', bytes.subarray(3, 9));
    expect(sha256((await store.getObject('run/a'))!)).toBe(sha256(bytes));
    expect(await store.getObject('run/empty')).toEqual(new Uint8Array(0));
    expect((await store.listObjects('run/')).toSorted()).toEqual(['run/a', 'run/empty']);
    await store.deleteObject('run/a');
    await store.deleteObject('never there');
    expect(await store.getObject('run/a')).toBeNull();
    expect(await store.listObjects('')).toEqual(expect.not.arrayContaining(['run/a']));
  });

  test('does not wait for an object that is deleted while it is read', async () => {
    const [{ store }, { store: other }] = [await open(), await open()];
    const bytes = bytesOf(someValues(300_000));
    for (let time = 0; time < 8; time++) {
      await store.putObject('run/a', bytes);
      const [read] = await Promise.all([store.getObject('run/a'), other.deleteObject('run/a')]);
      if (read !== null) expect(sha256(read)).toBe(sha256(bytes));
    }
  });

  test('has none of an object of which parts were deleted while it was read, and tells of one that is corrupt', async () => {
    const info = { name: 'run/a', nuid: 'n', size: 8 };
    const read = (deleted: boolean) => {
      const data = new ReadableStream({ pull: (stream) => stream.error(new Error('received a corrupt object')) });
      const object = { info, data, error: Promise.resolve(null) };
      return readObject({ get: async () => object, info: async () => ({ ...info, deleted }) } as never, 'run/a');
    };
    expect(await read(true)).toBeNull();
    await expect(read(false)).rejects.toThrow('received a corrupt object');
  });

  test('tells of each change once, also where whoever is told throws, and lets go of the broker when it is over', async () => {
    const { bus, store } = await open();
    for (const key of ['run.a', 'run.b', 'run.c']) await store.put(key, key);
    const told: string[] = [];
    const change = new EventEmitter();
    let stop = () => {};
    await new Promise<void>((resolve) => {
      stop = store.watch(({ key }) => {
        told.push(key);
        if (key === 'run.b') throw new Error('no');
        change.emit(key);
      }, resolve);
    });
    const heard = once(change, 'run.d');
    for (const key of ['run.b', 'run.d']) await store.put(key, key);
    await heard;
    expect(told).toEqual(['run.a', 'run.b', 'run.c', 'run.b', 'run.d']);
    const failed = { kind: 'handler-failed', subject: `$KV.${durableBucket}.run.b`, error: new Error('no') };
    expect(events.filter(({ kind }) => kind === 'handler-failed')).toEqual([failed, failed]);
    const listening = bus.link.changes.listenerCount('lost');
    stop();
    await bus.flush();
    expect(bus.link.changes.listenerCount('lost')).toBe(listening - 1);
  });

  test('throws what does not pass: an object that is not what was written, a key that is none', async () => {
    const { store } = await open();
    await store.putObject('run/a', new Uint8Array(1_000).fill(1));
    const connection = await connect({ servers: server.url });
    const { nuid } = (await (await new Objm(jetstream(connection)).open(durableBucket)).info('run/a'))!;
    const manager = await jetstreamManager(connection);
    await manager.streams.purge(`OBJ_${durableBucket}`, { filter: `$O.${durableBucket}.C.${nuid}` });
    await jetstream(connection).publish(`$O.${durableBucket}.C.${nuid}`, new Uint8Array(1_000).fill(2));
    await connection.close();
    await expect(store.getObject('run/a')).rejects.toThrow(/get object run\/a: received a corrupt object/);
    await expect(store.get('a key')).rejects.toThrow('get a key: invalid key: a key');
    expect(events.map(({ kind }) => kind)).toEqual(['connected']);
  });

  test('needs no more than the broker lets a coordinator do', async () => {
    const broker = await startTestBroker();
    const credentials = { user: 'coordinator', password: passwords.coordinator };
    const role = { credentials, inboxPrefix: inboxPrefix('coordinator') };
    const onEvent = (event: BusEvent) => events.push(event);
    const bus = await NatsBus.connect({ servers: broker.url, name: 'test', ...role, onEvent });
    const store = await NatsStore.open(bus, { onEvent });
    const revision = (await store.create('run.a', 'one'))!;
    expect(await store.update('run.a', 'two', revision + 1)).toBeNull();
    expect(await store.list('run')).toHaveLength(1);
    await store.delete('run.a');
    expect(await store.create('run.a', 'again')).not.toBeNull();
    const bytes = bytesOf(someValues(1_000_000));
    for (let time = 0; time < 2; time++) await store.putObject('run/a', bytes);
    expect(await store.listObjects('run/')).toEqual(['run/a']);
    expect(sha256((await store.getObject('run/a'))!)).toBe(sha256(bytes));
    await store.deleteObject('run/a');
    await bus.close();
    await broker.stop();
    expect(events.map(({ kind }) => kind)).toEqual(['connected', 'closed']);
  });

  test('outlives its broker, with all that was written', async () => {
    const { bus, store } = await open();
    const bytes = bytesOf(someValues(1_000));
    const revision = await store.put('run.a', 'one');
    await store.putObject('run/a', bytes);
    const lost = once(bus.link.changes, 'lost');
    await server.kill();
    await lost;
    await server.restart();
    expect(await store.get('run.a')).toEqual({ key: 'run.a', value: 'one', revision });
    expect(sha256((await store.getObject('run/a'))!)).toBe(sha256(bytes));
    expect(await store.update('run.a', 'two', revision)).toBeGreaterThan(revision);
  });

  test('has deleted what was deleted although its broker is killed at once', async () => {
    const { store } = await open();
    for (let round = 0; round < 2; round++) {
      const names = ['a', 'b', 'c', 'd'].map((name) => `run/${round}/${name}`);
      for (const name of names) await store.putObject(name, new Uint8Array(5_000));
      for (const name of names.slice(1, 3)) await store.deleteObject(name);
      await server.kill();
      await server.restart();
    }
    expect((await store.listObjects('')).sort()).toEqual(['run/0/a', 'run/0/d', 'run/1/a', 'run/1/d']);
  });

  test('does what was asked while its broker was away, and before it died, when it is back', async () => {
    const { bus, store } = await open();
    const revision = (await store.create('run.a', 'one'))!;
    const large = bytesOf(someValues(5_000_000));
    const underWay = store.putObject('run/a', large);
    const lost = once(bus.link.changes, 'lost');
    await server.kill();
    await lost;
    const asked = Promise.all([
      store.update('run.a', 'two', revision),
      store.list('run'),
      store.create('run.a', 'none'),
    ]);
    await server.restart();
    const [updated, , created] = await asked;
    expect(updated).toBeGreaterThan(revision);
    expect(created).toBeNull();
    await underWay;
    expect(sha256((await store.getObject('run/a'))!)).toBe(sha256(large));
    expect(events.filter(({ kind }) => kind.startsWith('store'))).toEqual([
      { kind: 'store-waiting', call: expect.any(String), reason: expect.any(String) },
      { kind: 'store-back', waitedMs: expect.any(Number) },
    ]);
  });

  test('waits no longer when it is told to, but does what can be done', async () => {
    const controller = new AbortController();
    const { bus, store } = await open({ signal: controller.signal });
    const ended = new Error('ended');
    const lost = once(bus.link.changes, 'lost');
    await server.stop();
    await lost;
    const asked = store.get('run.a');
    controller.abort(ended);
    await expect(asked).rejects.toBe(ended);
    await expect(store.put('run.a', 'one')).rejects.toBe(ended);
    const back = once(bus.link.changes, 'back');
    await server.restart();
    await back;
    expect(await store.put('run.a', 'one')).toBeGreaterThan(0);
  });

  test('does nothing more when its bus is closed', async () => {
    const { bus, store } = await open();
    await bus.close();
    await expect(store.get('run.a')).rejects.toThrow('the bus is closed');
  });
});

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
