import { type BusEvent, ServiceFault } from '../dist/index.js';
import { service, subject, text } from './bus-subjects.ts';
import { settled, useBusses } from './nats-busses.ts';
import { describeWithNats } from './nats-server.ts';

const news = subject('news', text);
const echo = service('echo', text, text);

describeWithNats('handlers over NATS', () => {
  const open = useBusses();

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
    await bus.close();
    process.emitWarning = emitWarning;
    // Connected, a handler failed, closed.
    expect(warnings).toEqual(Array(3).fill('Error: the log is full'));
  });
});
