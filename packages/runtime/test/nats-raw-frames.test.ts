import { connect, type NatsConnection } from '@nats-io/transport-node';
import { decodeFrame, encodeFrame, type Frame } from '@sparring/protocol';
import fc from 'fast-check';
import { acknowledgement, Cut, faultFrame } from '../dist/bus/frames.js';
import { NatsBus, ServiceFault } from '../dist/index.js';
import { type Letter, letter, service, someValues, subject, text } from './bus-subjects.ts';
import { describeWithNats, NatsServer } from './nats-server.ts';

const news = subject('news', text);
const letters = subject('letters', letter('own'));
const echo = service('echo', text, text);
const post = service('post', letter('own'), text);
const megabyte = 1024 * 1024;

// A second connection says by hand what no bus would say.
describeWithNats('the bus, before whatever others send', () => {
  let server: NatsServer;
  let bus: NatsBus;
  let raw: NatsConnection;
  beforeAll(async () => {
    server = await NatsServer.start();
  });
  beforeEach(async () => {
    bus = await NatsBus.connect({ servers: server.url, name: 'test', retryMs: 50 });
    raw = await connect({ servers: server.url });
  });
  afterEach(() => Promise.all([bus.close(), raw.close()]));

  test('takes frames in any order, and messages once', async () => {
    const heard: Letter[] = [];
    bus.subscribe(letters, (message) => heard.push(message), { maxBodyBytes: 100_000 });
    await bus.flush();
    const values = someValues(10_000);
    const frames = new Cut(letters.codec.encode({ text: 'well', values }), 3_000).frames();
    for (const frame of [...frames.toReversed(), ...frames]) raw.publish(letters.name, frame);
    await settled();
    expect(heard).toEqual([{ text: 'well', values }]);
    expect(bus.refused).toEqual({});
  });

  test('counts by reason what is no message, and takes the next that is one', async () => {
    const heard: string[] = [];
    bus.subscribe(news, (message) => heard.push(message));
    bus.serve(echo, (question) => question);
    await bus.flush();
    const [good] = cut('hello');
    const [bad] = cut('nonsense');
    const [corrupt] = cut('damaged');
    corrupt![corrupt!.length - 1]! ^= 1;
    const bodied = encodeFrame({ ...decodeFrame(good!), transfer: 'other', bodyBytes: 1, data: new Uint8Array(1) });
    for (const bytes of [new Uint8Array(0), Buffer.from('rubbish'), bad!, corrupt!, bodied])
      raw.publish(news.name, bytes);
    raw.publish(echo.name, good!);
    raw.publish(echo.name, good!, { reply: 'sparring.test.news' });
    raw.publish(news.name, good!);
    await settled();
    expect(heard).toEqual(['hello']);
    expect(numRefused()).toBe(7);
    expect(bus.refused).toMatchObject({ corrupt: 1, oversized: 1 });
  });

  test('bears any bytes, and pieces and mixtures of real frames', async () => {
    const heard: Letter[] = [];
    bus.subscribe(letters, (message) => heard.push(message), { maxBodyBytes: 10_000 });
    bus.serve(post, () => 'thanks', { maxBodyBytes: 10_000 });
    await bus.flush();
    const real = new Cut(letters.codec.encode({ text: 'real', values: someValues(500) }), 1_000).frames();
    const [frame] = real.map(decodeFrame);
    const numbers = fc.oneof(fc.nat(5), fc.nat(3_000), fc.maxSafeNat());
    const twisted = fc
      .record<Partial<Record<keyof Frame, unknown>>>(
        {
          index: numbers,
          count: numbers,
          headBytes: numbers,
          bodyBytes: numbers,
          offset: numbers,
          transfer: fc.string(),
        },
        { requiredKeys: [] },
      )
      .map((part) => encodeFrame({ ...frame!, ...(part as Partial<Frame>) }));
    const cutOff = fc
      .record({ from: fc.constantFrom(...real), length: fc.nat(1_000) })
      .map(({ from, length }) => from.subarray(0, length));
    const flipped = fc
      .record({ from: fc.constantFrom(...real), at: fc.nat(), bit: fc.nat(7) })
      .map(({ from, at, bit }) => {
        const copy = Uint8Array.from(from);
        copy[at % copy.length]! ^= 1 << bit;
        return copy;
      });
    for (const bytes of fc.sample(fc.oneof(fc.uint8Array(), twisted, cutOff, flipped), 3_000)) {
      raw.publish(letters.name, bytes);
      raw.publish(post.name, bytes, { reply: '_INBOX.nobody' });
    }
    await settled();
    bus.publish(letters, { text: 'after all', values: someValues(10) });
    expect(await bus.request(post, { text: '', values: someValues(10) })).toBe('thanks');
    expect(heard.at(-1)?.text).toBe('after all');
    expect(numRefused()).toBeGreaterThan(2_000);
  });

  test('goes no further with a large question than 8 MB ahead of what has arrived', async () => {
    const values = someValues(30_000_000 / 4);
    const frames: Frame[] = [];
    let inbox = '';
    raw.subscribe(post.name, {
      callback: (_, { data, reply }) => {
        frames.push(decodeFrame(Uint8Array.from(data)));
        inbox = reply!;
      },
    });
    await raw.flush();
    const patient = await NatsBus.connect({ servers: server.url, name: 'test', retryMs: 600_000 });
    const answer = patient.request(post, { text: 'all', values });
    const settled = async () => {
      for (let i = 0; i < 3; i++) {
        await raw.flush();
        await patient.flush();
      }
    };
    const arrived = () => frames.reduce((bytes, { data }) => bytes + data.length, 0);
    await settled();
    expect(arrived()).toBeGreaterThan(7 * megabyte);
    expect(arrived()).toBeLessThanOrEqual(8.5 * megabyte);
    for (let said = arrived(); said < values.byteLength; said = arrived()) {
      raw.publish(inbox, acknowledgement(frames[0]!.transfer, values.byteLength, said));
      await settled();
      expect(arrived() - said).toBeLessThanOrEqual(8.5 * megabyte);
    }
    raw.publish(inbox, new Cut(text.encode('thanks'), 1_000).frames()[0]!);
    expect(await answer).toBe('thanks');
    await patient.close();
  });

  test('sends of a large question what the service lacks, when it hears nothing', async () => {
    const values = someValues(megabyte);
    const frames = new Map<number, Frame>();
    const taken: number[] = [];
    raw.subscribe(post.name, {
      callback: (_, { data, reply }) => {
        const frame = decodeFrame(Uint8Array.from(data));
        taken.push(frame.index);
        // Each frame is lost when it comes for the first time, but for the first three.
        if (frame.index < 3 || taken.filter((index) => index === frame.index).length > 1)
          frames.set(frame.index, frame);
        if (taken.length <= frame.count) return;
        if (frames.size < frame.count) {
          const contiguous = [...Array(frame.count).keys()].findIndex((index) => !frames.has(index));
          raw.publish(
            reply!,
            acknowledgement(frame.transfer, frame.bodyBytes, contiguous * frames.get(0)!.data.length),
          );
        } else raw.publish(reply!, new Cut(text.encode('thanks'), 1_000).frames()[0]!);
      },
    });
    await raw.flush();
    expect(await bus.request(post, { text: 'all', values })).toBe('thanks');
    // All, then the first again, and then from the fourth on; a busy machine may be silent for long enough to be asked once more.
    const all = [...Array(frames.size).keys()];
    const again = taken.slice(all.length);
    expect(taken.slice(0, all.length)).toEqual(all);
    expect(again[0]).toBe(0);
    expect([...new Set(again)].sort((a, b) => a - b)).toEqual([0, ...all.slice(3)]);
  });

  test('drops answers that it does not wait for', async () => {
    let inbox = '';
    raw.subscribe(echo.name, {
      callback: (_, { reply }) => {
        inbox = reply!;
        for (const answer of ['first', 'second']) raw.publish(inbox, cut(answer)[0]!);
      },
    });
    await raw.flush();
    expect(await bus.request(echo, 'hello')).toBe('first');
    raw.publish(inbox, cut('third')[0]!);
    raw.publish(`${inbox}0`, Buffer.from('rubbish'));
    await settled();
    expect(bus.refused).toEqual({});
  });

  test('waits on where an answer is none', async () => {
    raw.subscribe(echo.name, {
      callback: (_, { reply }) => {
        for (const answer of ['nonsense', 'sense']) raw.publish(reply!, cut(answer)[0]!);
      },
    });
    await raw.flush();
    expect(await bus.request(echo, 'hello')).toBe('sense');
    expect(bus.refused).toEqual({ invalid: 1 });
  });

  test('tells why a question is refused each time that it is asked, and not of one that was damaged on its way', async () => {
    bus.serve(echo, (question) => question);
    bus.serve(post, () => 'thanks', { maxBodyBytes: 1_000 });
    const [told, questions] = [hearFaults('_INBOX.asker'), ['nonsense', 'sense'].map((words) => cut(words)[0]!)];
    const damaged = Uint8Array.from(questions[1]!);
    damaged[damaged.length - 1]! ^= 1;
    const tooLarge = new Cut(letters.codec.encode({ text: '', values: someValues(1_000) }), 500).frames();
    await settled();
    raw.publish(echo.name, damaged, { reply: '_INBOX.asker' });
    await settled();
    expect(told).toEqual([]);
    expect(bus.refused).toEqual({ corrupt: 1 });
    for (const asked of [questions[0]!, questions[0]!]) raw.publish(echo.name, asked, { reply: '_INBOX.asker' });
    for (const asked of [...tooLarge, ...tooLarge]) raw.publish(post.name, asked, { reply: '_INBOX.asker' });
    raw.publish(echo.name, questions[1]!, { reply: '_INBOX.asker' });
    await settled();
    const [nonsense, sense] = questions.map((frame) => decodeFrame(frame).transfer);
    const size = 'oversized: got a head of 0 and a body of 4000 bytes; takes 1048576 and 1000';
    expect(told).toEqual([
      ...Array(2).fill({ transfer: nonsense, fault: 'the question is refused: invalid: nonsense' }),
      ...Array(2).fill({
        transfer: decodeFrame(tooLarge[0]!).transfer,
        fault: `the question is refused: ${size}`,
      }),
      { transfer: expect.not.stringMatching(`^${sense}$`), fault: '' },
    ]);
  });

  test('tells of refused questions no more than twenty times a second, briefly, and in inboxes alone', async () => {
    bus.serve(echo, (question) => question);
    const told = hearFaults('_INBOX.>');
    const elsewhere = hearFaults('sparring.>');
    await settled();
    const startedAt = performance.now();
    for (let i = 0; i < 1_000; i++) {
      raw.publish(echo.name, cut('nonsense')[0]!, { reply: `_INBOX.${i}` });
      raw.publish(echo.name, cut('nonsense')[0]!, { reply: 'sparring.test.news' });
    }
    await settled();
    expect(bus.refused).toEqual({ invalid: 2_000 });
    expect(told.length).toBeGreaterThanOrEqual(20);
    expect(told.length).toBeLessThanOrEqual(20 * Math.ceil((performance.now() - startedAt) / 1_000));
    expect(elsewhere.filter(({ fault }) => fault !== '')).toEqual([]);
  });

  test('takes a fault for nothing that is not of the question asked', async () => {
    raw.subscribe(echo.name, {
      callback: (_, { data, reply }) => {
        raw.publish(reply!, faultFrame('forged', 'another'));
        raw.publish(reply!, faultFrame('told', decodeFrame(data).transfer));
      },
    });
    await raw.flush();
    await expect(bus.request(echo, 'hello')).rejects.toEqual(new ServiceFault('told'));
    expect(bus.refused).toEqual({ unknown: 1 });
  });

  function hearFaults(subject: string): { transfer: string; fault: string }[] {
    const heard: { transfer: string; fault: string }[] = [];
    raw.subscribe(subject, {
      callback: (_, { data }) => {
        const { transfer, fault } = decodeFrame(data);
        heard.push({ transfer, fault });
      },
    });
    return heard;
  }

  const numRefused = () => Object.values(bus.refused).reduce((sum, count) => sum + count, 0);

  /** All that was sent before has been heard, and what was sent for that, too. */
  async function settled(): Promise<void> {
    for (let i = 0; i < 3; i++) {
      await raw.flush();
      await bus.flush();
    }
  }
});

function cut(message: string): Uint8Array[] {
  return new Cut(text.encode(message), 1_000).frames();
}
