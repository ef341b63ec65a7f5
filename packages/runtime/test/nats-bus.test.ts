import { createHash } from 'node:crypto';
import {
  type BusEvent,
  NatsBus,
  type NatsBusOptions,
  NoResponders,
  RequestTimeout,
  ServiceFault,
} from '../dist/index.js';
import { bytesOf, type Letter, letter, service, someValues, subject, text } from './bus-subjects.ts';
import { describeWithNats, NatsServer } from './nats-server.ts';

const news = subject('news', text);
const letters = subject('letters', letter('shared'));
const echo = service('echo', text, text);
const post = service('post', letter('own'), text);
const library = service('library', text, letter('own'));
const large = { maxBodyBytes: 40_000_000 };

describeWithNats('the bus over NATS', () => {
  let server: NatsServer;
  beforeAll(async () => {
    server = await NatsServer.start();
  });
  const busses: NatsBus[] = [];
  afterEach(async () => {
    await Promise.all(busses.splice(0).map((bus) => bus.close()));
  });

  async function open(options: Partial<NatsBusOptions> = {}): Promise<NatsBus> {
    const bus = await NatsBus.connect({ servers: server.url, name: 'test', waitForServer: false, ...options });
    busses.push(bus);
    return bus;
  }

  test('a message reaches all who subscribe, in this process and in others, and none who has stopped to', async () => {
    const [one, other] = [await open(), await open()];
    const heard: string[] = [];
    one.subscribe(news, (message) => heard.push(`one: ${message}`));
    const stop = other.subscribe(news, (message) => heard.push(`other: ${message}`));
    await settled(one, other);
    one.publish(news, 'hello');
    await settled(one, other);
    stop();
    await settled(other);
    one.publish(news, 'again');
    await settled(one, other);
    expect(heard.toSorted()).toEqual(['one: again', 'one: hello', 'other: hello']);
    expect(one.traffic['test.news']).toMatchObject({ sentMessages: 2, receivedMessages: 2 });
  });

  test('20 MB arrive to the bit, as a publication, as a question and as an answer', async () => {
    const [one, other] = [await open(), await open()];
    const values = someValues(5_000_000);
    const sent = { text: 'all of it', values };
    const published = new Promise<Letter>((resolve) => other.subscribe(letters, resolve, large));
    other.serve(post, ({ text: title, values: got }) => `${title}: ${sha256(got)}`, large);
    other.serve(library, (title) => ({ text: title, values }));
    await settled(other);
    one.publish(letters, sent);
    const heard = await published;
    expect(heard.values.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(sha256(heard.values)).toBe(sha256(values));
    expect(await one.request(post, sent)).toBe(`all of it: ${sha256(values)}`);
    const answer = await one.request(library, 'a title', large);
    expect(answer.text).toBe('a title');
    expect(answer.values.buffer).toBeInstanceOf(ArrayBuffer);
    expect(sha256(answer.values)).toBe(sha256(values));
  });

  test('a broker that takes little at once is given little at once', async () => {
    const small = await NatsServer.start('max_payload: 4KB');
    const bus = await open({ servers: small.url });
    const values = someValues(100_000);
    bus.serve(post, (message) => sha256(message.values), large);
    await bus.flush();
    expect(await bus.request(post, { text: 'x'.repeat(3_000), values })).toBe(sha256(values));
    await expect(bus.request(post, { text: 'x'.repeat(4_000), values })).rejects.toThrow(
      /head: got 4000 bytes; takes 3840/,
    );
  });

  test('what was published may be changed at once', async () => {
    const [one, other] = [await open(), await open()];
    const values = someValues(5_000_000);
    const expected = sha256(values);
    const published = new Promise<Letter>((resolve) => other.subscribe(letters, resolve, large));
    await settled(other);
    one.publish(letters, { text: '', values });
    values.fill(0);
    expect(sha256((await published).values)).toBe(expected);
  });

  test('what a process publishes before it answers arrives before the answer, be it ever so large', async () => {
    const [one, other] = [await open(), await open()];
    const heard: string[] = [];
    one.subscribe(letters, (message) => heard.push(message.text), large);
    other.serve(echo, (question) => {
      other.publish(letters, { text: 'first', values: someValues(5_000_000) });
      other.publish(letters, { text: 'second', values: someValues(10) });
      return question;
    });
    await settled(one, other);
    heard.push(await one.request(echo, 'answer'));
    expect(heard).toEqual(['first', 'second', 'answer']);
  });

  test('what is asked once a question is on its way arrives after it, be it ever so large', async () => {
    const [one, other] = [await open(), await open()];
    const heard: string[] = [];
    const hear = (message: string) => {
      heard.push(message);
      return message;
    };
    other.serve(post, (message) => hear(message.text), large);
    other.serve(echo, hear);
    await settled(other);
    for (const elements of [10, 5_000_000]) {
      let onSent = () => {};
      const sent = new Promise<void>((resolve) => {
        onSent = resolve;
      });
      const answer = one.request(post, { text: 'letter', values: someValues(elements) }, { onSent });
      await sent;
      await Promise.all([answer, one.request(echo, 'next')]);
    }
    expect(heard).toEqual(['letter', 'next', 'letter', 'next']);
  });

  test('a question that nobody serves is known at once', async () => {
    const bus = await open();
    await expect(bus.request(echo, 'hello')).rejects.toThrow(NoResponders);
    await expect(bus.request(post, { text: '', values: someValues(1_000_000) })).rejects.toThrow(
      'nobody answers on sparring.test.post',
    );
  });

  test('a service that throws answers with its error, and goes on serving', async () => {
    const events: BusEvent[] = [];
    const [one, other] = [await open(), await open({ onEvent: (event) => events.push(event) })];
    other.serve(echo, async (question) => {
      if (question === 'fail') throw new RangeError('no such echo');
      return `${question}!`;
    });
    await settled(other);
    await expect(one.request(echo, 'fail')).rejects.toEqual(new ServiceFault('no such echo'));
    expect(await one.request(echo, 'hello')).toBe('hello!');
    expect(events).toContainEqual({
      kind: 'handler-failed',
      subject: 'sparring.test.echo',
      error: expect.any(RangeError),
    });
  });

  test('a subscriber that throws harms nobody', async () => {
    const events: BusEvent[] = [];
    const bus = await open({ onEvent: (event) => events.push(event) });
    const heard: string[] = [];
    bus.subscribe(news, (message) => {
      heard.push(message);
      throw new Error('cannot bear it');
    });
    bus.publish(news, 'one');
    bus.publish(news, 'two');
    await settled(bus);
    expect(heard).toEqual(['one', 'two']);
    expect(events.filter(({ kind }) => kind === 'handler-failed')).toHaveLength(2);
  });

  test('a log that throws ends nothing', async () => {
    const { emitWarning } = process;
    const warnings: unknown[] = [];
    process.emitWarning = (warning: string | Error) => void warnings.push(warning);
    const bus = await open({
      onEvent: () => {
        throw new Error('the log is full');
      },
    });
    bus.serve(echo, (question) => {
      if (question === 'fail') throw new Error('failed');
      return `${question}!`;
    });
    await bus.flush();
    await expect(bus.request(echo, 'fail')).rejects.toThrow('failed');
    expect(await bus.request(echo, 'hello')).toBe('hello!');
    await busses.pop()!.close();
    process.emitWarning = emitWarning;
    // Connected, a handler failed, closed.
    expect(warnings).toEqual(Array(3).fill('Error: the log is full'));
  });

  test('who asks waits no longer than asked to, or told to', async () => {
    const [one, other] = [await open(), await open()];
    const controller = new AbortController();
    const enough = new Error('enough');
    other.serve(echo, (question) => {
      if (question === 'abort') controller.abort(enough);
      return null;
    });
    await settled(other);
    await expect(one.request(echo, '', { timeoutMs: 20 })).rejects.toThrow(RequestTimeout);
    await expect(one.request(echo, 'abort', { signal: controller.signal })).rejects.toBe(enough);
    await expect(one.request(echo, '', { signal: controller.signal })).rejects.toBe(enough);
  });

  test('a question is asked again when nothing is heard, but not of a handler that is at it', async () => {
    const [one, other] = [await open({ retryMs: 30 }), await open()];
    const asked: string[] = [];
    const { promise: again, resolve: askedAgain } = deferred();
    other.serve(echo, async (question) => {
      asked.push(question);
      if (asked.length === 1) return null;
      askedAgain();
      await new Promise((resolve) => setTimeout(resolve, 100));
      return 'at last';
    });
    await settled(other);
    const answer = one.request(echo, 'well?');
    await again;
    expect(await answer).toBe('at last');
    expect(asked).toEqual(['well?', 'well?']);
  });

  test('of two that answer the first wins', async () => {
    const [one, former, latter] = [await open(), await open(), await open()];
    former.serve(library, () => ({ text: 'former', values: someValues(1_000_000) }));
    latter.serve(library, async () => {
      await settled(former);
      return { text: 'latter', values: someValues(1_000_000) };
    });
    await settled(former, latter);
    expect((await one.request(library, '', large)).text).toBe('former');
    await settled(latter, one);
    expect(one.refused).toEqual({});
  });

  test('messages larger than their receiver takes are refused before they are held', async () => {
    const events: BusEvent[] = [];
    const [one, other] = [await open(), await open({ onEvent: (event) => events.push(event) })];
    const heard: Letter[] = [];
    other.subscribe(letters, (message) => heard.push(message), { maxBodyBytes: 4_000 });
    await settled(other);
    one.publish(letters, { text: 'too large', values: someValues(1_000_000) });
    one.publish(letters, { text: 'just right', values: someValues(1_000) });
    await settled(one, other);
    expect(heard.map((message) => message.text)).toEqual(['just right']);
    expect(other.refused).toEqual({ oversized: 1 });
    expect(events).toContainEqual({
      kind: 'refused',
      reason: 'oversized',
      detail: expect.stringContaining('a body of 4000000 bytes; takes 1048576 and 4000'),
      count: 1,
    });
  });

  test('a question that its service does not take fails at once, with the reason', async () => {
    const [one, other] = [await open(), await open()];
    other.serve(echo, (question) => question);
    other.serve(post, () => 'thanks', { maxBodyBytes: 4_000 });
    await settled(other);
    const refused = (why: string) => new ServiceFault(`the question is refused: ${why}`);
    await expect(one.request(echo, 'nonsense')).rejects.toEqual(refused('invalid: nonsense'));
    const tooLarge = 'oversized: got a head of 8 and a body of 20000000 bytes; takes 1048576 and 4000';
    const question = { text: 'too much', values: someValues(5_000_000) };
    await expect(one.request(post, question)).rejects.toEqual(refused(tooLarge));
    expect(await one.request(post, { text: 'enough', values: someValues(1_000) })).toBe('thanks');
    expect(other.refused).toEqual({ invalid: 1, oversized: 1 });
  });

  test('a head that no message can hold is the error of who sends it', async () => {
    const bus = await open();
    expect(() => bus.publish(news, 'x'.repeat(2_000_000))).toThrow(/head: got 2000000 bytes/);
    bus.publish(news, 'x'.repeat(1_000_000));
  });

  test('a process that closes its bus has sent what it said, and asks no more', async () => {
    const [one, other] = [await open(), await open()];
    const heard = new Promise<Letter>((resolve) => one.subscribe(letters, resolve, large));
    one.serve(echo, () => null);
    await settled(one);
    const asked = other.request(echo, '');
    other.publish(letters, { text: 'farewell', values: someValues(5_000_000) });
    await Promise.all([expect(asked).rejects.toThrow('the bus is closed'), other.close()]);
    expect((await heard).text).toBe('farewell');
    await expect(other.request(echo, '')).rejects.toThrow('the bus is closed');
    other.publish(news, 'nobody hears this');
  });
});

/** All that was sent before has been heard. */
async function settled(...busses: NatsBus[]): Promise<void> {
  for (const bus of busses) await bus.flush();
  for (const bus of busses) await bus.flush();
}

function sha256(values: Float32Array): string {
  return createHash('sha256').update(bytesOf(values)).digest('hex');
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
