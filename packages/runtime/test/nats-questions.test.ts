import { NoResponders, RequestTimeout, ServiceFault } from '../dist/index.js';
import { letter, service, someValues, text } from './bus-subjects.ts';
import { settled, useBusses } from './nats-busses.ts';
import { describeWithNats } from './nats-server.ts';

const echo = service('echo', text, text);
const post = service('post', letter('own'), text);
const library = service('library', text, letter('own'));
const large = { maxBodyBytes: 40_000_000 };

describeWithNats('a question over NATS', () => {
  const open = useBusses();

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
    let askedAgain = () => {};
    const again = new Promise<void>((resolve) => {
      askedAgain = resolve;
    });
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
});
