import type { BusEvent } from '../dist/index.js';
import { type Letter, letter, service, someValues, subject, text } from './bus-subjects.ts';
import { settled, sha256, useBusses } from './nats-busses.ts';
import { describeWithNats, NatsServer } from './nats-server.ts';

const news = subject('news', text);
const letters = subject('letters', letter('shared'));
const echo = service('echo', text, text);
const post = service('post', letter('own'), text);
const library = service('library', text, letter('own'));
const large = { maxBodyBytes: 40_000_000 };

describeWithNats('the bus over NATS', () => {
  const open = useBusses();

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
