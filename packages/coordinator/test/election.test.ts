import { once } from 'node:events';
import { beatEveryMs, clusterSubjects } from '@sparring/protocol';
import { NatsBus, NatsStore } from '@sparring/runtime';
// @boundaries-ignore tests of several packages start the same server
import { describeWithNats, NatsServer } from '../../../test/nats/nats-server.ts';
import { type Term, takeTerm } from '../dist/index.js';
import { Relay } from './relay.ts';

describeWithNats('the office of the coordinator', () => {
  let server: NatsServer;
  const stops: (() => unknown)[] = [];
  beforeEach(async () => {
    server = await NatsServer.start();
  });
  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  });

  async function open(servers = server.url) {
    const bus = await NatsBus.connect({ servers, name: 'test' });
    stops.push(() => bus.close());
    return { bus, store: await NatsStore.open(bus) };
  }

  async function take(coordinatorId: string, { bus, store }: { bus: NatsBus; store: NatsStore }): Promise<Term> {
    const term = await takeTerm({
      ...{ bus, store, coordinatorId, signal: new AbortController().signal },
      onStandby: () => {},
    });
    // One that was killed cannot.
    stops.push(() => term.release().catch(() => {}));
    return term;
  }

  test('is lost to one that comes back from a cut network, though its successor is dead; a standby takes it', async () => {
    const relay = await Relay.start(server.url);
    stops.push(() => relay.close());
    const a = await take('a', await open(relay.url));
    relay.cut();
    const busOfB = await open();
    const b = await take('b', busOfB);
    expect(b.number).toBe(2);
    await busOfB.bus.close();
    const lost = once(a.lost, 'abort');
    relay.mend();
    await lost;
    expect(a.lost.reason).toMatchObject({ name: 'Deposed', message: 'term 1 is over: coordinator b holds term 2' });
    expect((await take('c', await open())).number).toBe(3);
  });

  test('is confirmed by the store, until another has it or it is given back', async () => {
    const { bus, store } = await open();
    const a = await take('a', { bus, store });
    await a.confirm();
    const entry = await store.get('term');
    await store.update('term', JSON.stringify({ term: 2, coordinatorId: 'b', released: false }), entry!.revision);
    await expect(a.confirm()).rejects.toThrow('term 1 is over: coordinator b holds term 2');
    expect(a.lost.aborted).toBe(true);
    const c = await take('c', await open());
    await c.release();
    await expect(c.confirm()).rejects.toThrow('term 3 is over: it was given back');
    expect(c.lost.aborted).toBe(false);
  });

  test('goes to a standby while one whose term is over goes on beating', async () => {
    const { bus, store } = await open();
    await store.create('term', JSON.stringify({ term: 7, coordinatorId: 'b', released: false }));
    const beat = () => bus.publish(clusterSubjects().coordinator.beat, { coordinatorId: 'a', term: 6, run: '' });
    const beating = setInterval(beat, beatEveryMs);
    stops.push(() => clearInterval(beating));
    expect((await take('c', await open())).number).toBe(8);
  });

  test('is kept against one that claims a later term than the store knows, and lost where the store says so', async () => {
    const { bus, store } = await open();
    const term = await take('a', { bus, store });
    const stranger = await open();
    stranger.bus.publish(clusterSubjects().coordinator.beat, { coordinatorId: 'z', term: 9, run: '' });
    await stranger.bus.flush();
    await term.doubt();
    expect(term.lost.aborted).toBe(false);
    const lost = once(term.lost, 'abort');
    await store.put('term', JSON.stringify({ term: 2, coordinatorId: 'b', released: false }));
    await lost;
    expect(term.lost.reason).toMatchObject({ message: 'term 1 is over: coordinator b holds term 2' });
  });
});
