import { once } from 'node:events';
import { type BusEvent, NatsBus, type NatsBusOptions, NoResponders } from '../dist/index.js';
import { letter, service, someValues, subject, text } from './bus-subjects.ts';
import { describeWithNats, NatsServer } from './nats-server.ts';

const news = subject('news', text);
const echo = service('echo', text, text);
const post = service('post', letter('own'), text);

describeWithNats('the bus, when its broker dies and comes back', () => {
  let server: NatsServer;
  const events: BusEvent[] = [];
  const busses: NatsBus[] = [];
  beforeAll(async () => {
    server = await NatsServer.start();
  });
  afterEach(async () => {
    await Promise.all(busses.splice(0).map((bus) => bus.close()));
    events.splice(0);
  });

  async function open(options: Partial<NatsBusOptions> = {}): Promise<NatsBus> {
    const onEvent = (event: BusEvent) => events.push(event);
    const bus = await NatsBus.connect({ servers: server.url, name: 'test', onEvent, ...options });
    busses.push(bus);
    return bus;
  }

  async function dieAndComeBack(whileDown: () => unknown = () => {}): Promise<void> {
    const lost = busses.map((bus) => once(bus.link.changes, 'lost'));
    await server.kill();
    await Promise.all(lost);
    await whileDown();
    await server.restart();
    await Promise.all(busses.map((bus) => bus.link.whenConnected()));
  }

  test('hears again what it has subscribed to, and says what happened', async () => {
    const [one, other] = [await open(), await open()];
    const heard: string[] = [];
    other.subscribe(news, (message) => heard.push(message));
    await other.flush();
    await dieAndComeBack(() => {
      expect(one.connected).toBe(false);
      one.publish(news, 'lost');
    });
    expect(one.connected).toBe(true);
    await other.flush();
    one.publish(news, 'back');
    await one.flush();
    await other.flush();
    expect(heard).toEqual(['back']);
    expect(events.map(({ kind }) => kind)).toEqual([
      ...['connected', 'connected'],
      ...['disconnected', 'disconnected'],
      ...['reconnected', 'reconnected'],
    ]);
    expect(events.at(-1)).toEqual({ kind: 'reconnected', server: expect.any(String), downMs: expect.any(Number) });
  });

  test('a question is answered that was asked before, whether the answer was lost, comes later, or both', async () => {
    const [one, other] = [await open(), await open()];
    let asked = 0;
    const held: Record<string, () => void> = {};
    const bothAsked = new Promise<void>((resolve) => {
      other.serve(echo, async (question) => {
        asked += 1;
        if (asked === 2) resolve();
        if (asked <= 2) await new Promise<void>((release) => Object.assign(held, { [question]: release }));
        return `${question}!`;
      });
    });
    await other.flush();
    const answers = Promise.all([one.request(echo, 'lost'), one.request(echo, 'later')]);
    await bothAsked;
    await dieAndComeBack(() => held.lost!());
    await one.flush();
    await other.flush();
    held.later!();
    expect(await answers).toEqual(['lost!', 'later!']);
    // The one that is being answered is not asked again.
    expect(asked).toBe(3);
  });

  test('a large question is answered that was on its way, and one that was asked meanwhile', async () => {
    const [one, other] = [await open(), await open()];
    other.serve(post, ({ text: title, values }) => `${title}: ${values.length}`, { maxBodyBytes: 40_000_000 });
    await other.flush();
    const underWay = one.request(post, { text: 'under way', values: someValues(8_000_000) });
    let meanwhile: Promise<string> | undefined;
    await dieAndComeBack(() => {
      meanwhile = one.request(post, { text: 'meanwhile', values: someValues(3) });
    });
    expect(await underWay).toBe('under way: 8000000');
    expect(await meanwhile).toBe('meanwhile: 3');
  });

  test('a large question that was on its way is answered by one that has heard nothing of it', async () => {
    const [one, former] = [await open({ retryMs: 600_000 }), await open()];
    former.serve(post, () => 'never', { maxBodyBytes: 40_000_000 });
    await former.flush();
    const underWay = one.request(post, { text: 'under way', values: someValues(8_000_000) });
    await dieAndComeBack(async () => {
      await former.close();
      busses.splice(1);
    });
    const latter = await open();
    latter.serve(post, ({ values }) => `got ${values.length}`, { maxBodyBytes: 40_000_000 });
    expect(await underWay).toBe('got 8000000');
  });

  test('whoever serves may be a little later in coming back than whoever asks', async () => {
    const one = await open();
    await expect(one.request(echo, 'too early')).rejects.toThrow(NoResponders);
    await dieAndComeBack();
    const answer = one.request(echo, 'hello');
    const other = await open();
    other.serve(echo, (question) => `${question}!`);
    expect(await answer).toBe('hello!');
  });

  test('a broker that is not there yet is waited for, and that is said once', async () => {
    await server.stop();
    const connecting = open({
      onEvent: (event) => {
        events.push(event);
        if (event.kind === 'waiting') void server.restart();
      },
    });
    expect((await connecting).connected).toBe(true);
    const address = server.url.replace('nats://', '');
    expect(events).toEqual([
      { kind: 'waiting', server: server.url, reason: 'connection refused' },
      { kind: 'connected', server: address },
    ]);
  });

  test('a broker that is not waited for is named', async () => {
    await server.stop();
    await expect(open({ waitForServer: false })).rejects.toThrow(
      `no NATS server at ${server.url}: connection refused. Start one (nats-server -js), or name another`,
    );
    const gaveUp = new Error('gave up');
    const controller = new AbortController();
    const onEvent = () => controller.abort(gaveUp);
    await expect(open({ signal: controller.signal, onEvent })).rejects.toBe(gaveUp);
    await server.restart();
  });

  test('a bus can be closed while its broker is away', async () => {
    const bus = await open();
    const asked = bus.request(echo, '');
    await dieAndComeBack(async () => {
      await Promise.all([bus.close(), expect(asked).rejects.toThrow('the bus is closed')]);
      busses.splice(0);
    });
  });
});
