import { Outbound } from '../dist/bus/outbound.js';
import type { Sending } from '../dist/bus/sending.js';

test('a message that the connection does not take is told so, and the next one goes', () => {
  const errors: string[] = [];
  const published: string[] = [];
  const connection = {
    publish: (subject: string) => {
      if (subject === 'large') throw new Error('MAX_PAYLOAD_EXCEEDED');
      published.push(subject);
    },
  };
  const outbound = new Outbound(connection as never, ({ message }) => errors.push(message));
  const sending = (subject: string) => {
    const frames = [new Uint8Array(1)];
    const fate = { sent: 0, dropped: 0 };
    const message: Sending = {
      ...{ subject, heldBytes: 1, next: () => frames.shift() ?? null },
      sent: () => fate.sent++,
      dropped: () => fate.dropped++,
    };
    outbound.offer(message);
    return fate;
  };
  expect(sending('large')).toEqual({ sent: 0, dropped: 1 });
  expect(sending('small')).toEqual({ sent: 1, dropped: 0 });
  expect([errors, published, outbound.heldBytes]).toEqual([['MAX_PAYLOAD_EXCEEDED'], ['small'], 0]);
});
