import type { Service, Subject } from '@sparring/protocol';
import { InProcessBus, NoResponders } from '@sparring/runtime';

const news: Subject<string> = { name: 'sparring.test.news' };
const echo: Service<string, string> = { name: 'sparring.test.echo' };

test('a message reaches all who subscribe, and none who has stopped to', async () => {
  const bus = new InProcessBus();
  const heard: string[] = [];
  bus.publish(news, 'nobody hears this');
  bus.subscribe(news, (message) => heard.push(`one: ${message}`));
  const stop = bus.subscribe(news, (message) => heard.push(`two: ${message}`));
  bus.publish(news, 'hello');
  await settled();
  stop();
  bus.publish(news, 'again');
  await settled();
  expect(heard).toEqual(['one: hello', 'two: hello', 'one: again']);
});

test('a publisher is not held up by who hears it', async () => {
  const bus = new InProcessBus();
  const heard: string[] = [];
  bus.subscribe(news, (message) => heard.push(message));
  bus.publish(news, 'hello');
  expect(heard).toEqual([]);
  await settled();
  expect(heard).toEqual(['hello']);
});

test('a question is answered by whoever serves it, now or later; an error comes back as it is', async () => {
  const bus = new InProcessBus();
  const stop = bus.serve(echo, async (question) => {
    await settled();
    if (question === 'fail') throw new RangeError('no such echo');
    return `${question}!`;
  });
  expect(await bus.request(echo, 'hello')).toBe('hello!');
  await expect(bus.request(echo, 'fail')).rejects.toBeInstanceOf(RangeError);
  stop();
  await expect(bus.request(echo, 'hello')).rejects.toBeInstanceOf(NoResponders);
});

test('who takes over a service keeps it when the former one stops', async () => {
  const bus = new InProcessBus();
  const stop = bus.serve(echo, () => 'former');
  bus.serve(echo, () => 'latter');
  stop();
  expect(await bus.request(echo, '')).toBe('latter');
});

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
