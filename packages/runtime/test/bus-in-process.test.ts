import { InProcessBus, NoResponders, RequestTimeout } from '@sparring/runtime';
import { service, subject, text } from './bus-subjects.ts';

const news = subject('news', text);
const echo = service('echo', text, text);

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

test('who asks waits no longer than asked to, or told to', async () => {
  const bus = new InProcessBus();
  bus.serve(echo, () => null);
  await expect(bus.request(echo, '', { timeoutMs: 5 })).rejects.toBeInstanceOf(RequestTimeout);
  const enough = new Error('enough');
  await expect(bus.request(echo, '', { signal: AbortSignal.abort(enough) })).rejects.toBe(enough);
  const controller = new AbortController();
  const asked = bus.request(echo, '', { signal: controller.signal });
  controller.abort(enough);
  await expect(asked).rejects.toBe(enough);
});

test('counts by reason what its users refuse, and tells of each reason at most once a second', () => {
  const told: unknown[] = [];
  const bus = new InProcessBus((refusal) => told.push(refusal));
  bus.refuse('old-term', 'of term 1');
  bus.refuse('old-term', 'of term 1 again');
  bus.refuse('unknown', 'worker 7');
  expect(bus.refused).toEqual({ 'old-term': 2, unknown: 1 });
  expect(told).toEqual([
    { reason: 'old-term', detail: 'of term 1', count: 1 },
    { reason: 'unknown', detail: 'worker 7', count: 1 },
  ]);
});

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
