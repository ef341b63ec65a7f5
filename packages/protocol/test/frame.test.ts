import fc from 'fast-check';
import { crc32, decodeFrame, encodeFrame, type Frame, Malformed } from '../dist/index.js';
import { bytes, runs, text } from './messages.ts';

const nothing = new Uint8Array(0);
const first: Frame = {
  ...{ transfer: 'abc-1', index: 0, count: 2, headBytes: 3, bodyBytes: 10, offset: 0 },
  ...{
    head: Uint8Array.of(1, 2, 3),
    data: Uint8Array.of(4, 5, 6, 7, 8),
    headCrc32: crc32(Uint8Array.of(1, 2, 3)),
    fault: '',
  },
};

const frames = fc
  .record({
    transfer: fc.string({ minLength: 1, maxLength: 40 }),
    head: bytes,
    data: bytes,
    before: fc.integer({ min: 0, max: 2 ** 40 }),
    after: fc.integer({ min: 0, max: 2 ** 40 }),
  })
  .chain(({ transfer, head, data, before, after }) =>
    fc
      .record({ index: fc.nat(9), more: fc.integer({ min: 1, max: 9 }), fault: text })
      .map(({ index, more, fault }) => ({
        ...{
          transfer,
          index,
          count: index + more,
          headBytes: head.length,
          bodyBytes: before + data.length + after,
          fault,
        },
        ...{ offset: before, data, head: index === 0 ? head : nothing, headCrc32: index === 0 ? crc32(head) : 0 },
      })),
  );

test('frames arrive as they were sent', () => {
  fc.assert(
    fc.property(frames, (frame) => {
      const { head, data, ...rest } = decodeFrame(encodeFrame(frame));
      expect({ ...rest, head: Uint8Array.from(head), data: Uint8Array.from(data) }).toEqual(frame);
    }),
    runs(),
  );
});

test('what is no frame is Malformed, and nothing else', () => {
  const noise = fc.oneof(fc.uint8Array({ maxLength: 200 }), frames.map(encodeFrame));
  fc.assert(
    fc.property(noise, fc.nat(), fc.nat(7), fc.nat(), (sent, at, bit, length) => {
      const spoilt = Uint8Array.from(sent.subarray(0, sent.length - (length % 3)));
      if (spoilt.length > 0) spoilt[at % spoilt.length]! ^= 1 << bit;
      try {
        decodeFrame(spoilt);
      } catch (error) {
        expect(error).toBeInstanceOf(Malformed);
      }
    }),
    runs(),
  );
});

test('the piece of the body is a view of what arrived', () => {
  const arrived = encodeFrame(first);
  expect(decodeFrame(arrived).data.buffer).toBe(arrived.buffer);
});

test.each([
  { what: 'a head with another checksum', frame: { ...first, headCrc32: 1 }, reason: 'corrupt' },
  { what: 'a head of another size', frame: { ...first, headBytes: 4 }, reason: 'invalid' },
  { what: 'a head after the first frame', frame: { ...first, index: 1 }, reason: 'invalid' },
  { what: 'an index beyond the count', frame: { ...first, index: 2, head: nothing, headCrc32: 0 }, reason: 'invalid' },
  { what: 'data beyond the body', frame: { ...first, offset: 6 }, reason: 'invalid' },
  { what: 'no transfer', frame: { ...first, transfer: '' }, reason: 'invalid' },
])('$what is refused', ({ frame, reason }) => {
  expect(() => decodeFrame(encodeFrame(frame))).toThrow(expect.objectContaining({ name: 'Malformed', reason }));
});

test('a frame that counts none says how far a message has arrived', () => {
  const told = {
    ...first,
    count: 0,
    headBytes: 0,
    bodyBytes: 0,
    head: nothing,
    headCrc32: 0,
    data: nothing,
    offset: 2 ** 40,
  };
  const { offset, count } = decodeFrame(encodeFrame(told));
  expect([offset, count]).toEqual([2 ** 40, 0]);
});
