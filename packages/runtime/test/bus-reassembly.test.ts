import { decodeFrame, type Encoded, type Malformed, type RefusalReason } from '@sparring/protocol';
import fc from 'fast-check';
import { Cut } from '../dist/bus/frames.js';
import { Reassembly } from '../dist/bus/reassembly.js';

const head = new Uint8Array([1, 2, 3]);

test('a message is whole again, whatever its pieces, the frames, and the order and number in which they come', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 3_000 }), { maxLength: 5 }),
      fc.integer({ min: 259, max: 1_000 }),
      fc.infiniteStream(fc.nat()),
      (body, maxBytesPerFrame, order) => {
        const frames = cut({ head, body }, maxBytesPerFrame);
        const twice = [...frames, ...frames].map((frame) => ({ frame, place: order.next().value as number }));
        const reassembly = open();
        const received = twice
          .sort((a, b) => a.place - b.place)
          .map(({ frame }) => reassembly.take(frame))
          .filter((message) => message !== null);
        expect(received).toEqual([{ head, body: Uint8Array.from(Buffer.concat(body)) }]);
      },
    ),
  );
});

test('no frame is larger than asked for, and only the last is smaller than the others', () => {
  const frames = cut({ head, body: [new Uint8Array(10_000)] }, 1_000);
  // Three of the head, in the first.
  expect(frames.map(({ head, data }) => head.length + data.length)).toEqual([913, ...Array(9).fill(910), 900]);
});

test('a body lies where its type is to lie, aligned to eight bytes', () => {
  const [frame] = cut({ head, body: [new Uint8Array(13)] });
  const [own, shared] = (['own', 'shared'] as const).map((memory) => open({ memory }).take(frame!)!.body);
  expect([own!.buffer, own!.byteOffset % 8]).toEqual([expect.any(ArrayBuffer), 0]);
  expect([shared!.buffer, shared!.byteOffset % 8]).toEqual([expect.any(SharedArrayBuffer), 0]);
});

test('says how much has arrived without a gap', () => {
  const reassembly = open();
  const frames = cut({ head, body: [new Uint8Array(2_000)] }, 503);
  const arrived = [1, 0, 3, 2].map((index) => {
    reassembly.take(frames[index]!);
    return reassembly.arrivedBytes(frames[0]!);
  });
  expect(arrived).toEqual([0, 1_000, 1_000, 2_000]);
});

test('takes a message that it has taken again only after it was told to forget it', () => {
  const reassembly = open();
  const [frame] = cut({ head, body: [] });
  expect(reassembly.take(frame!)).not.toBeNull();
  expect(reassembly.take(frame!)).toBeNull();
  reassembly.forget(frame!.transfer);
  expect(reassembly.take(frame!)).not.toBeNull();
});

describe('refuses', () => {
  const frames = cut({ head, body: [new Uint8Array(2_000)] }, 503);
  const first = frames[0]!;

  test('a body larger than what is taken, once each time that it begins', () => {
    const reassembly = open({ maxBodyBytes: 1_999 });
    expect(refusals(reassembly, frames)).toEqual(['oversized']);
    expect(refusals(reassembly, frames)).toEqual(['oversized']);
  });

  test('any body of a message that has none', () => {
    expect(refusals(open({ memory: 'none' }), frames)).toEqual(['oversized']);
  });

  test('a head beyond a megabyte, before it is there', () => {
    expect(refusals(open(), [{ ...frames[1]!, headBytes: 2 ** 20 + 1 }])).toEqual(['oversized']);
  });

  test('frames that hold another share of the body than theirs', () => {
    const shares = [
      { ...first, count: 3 },
      { ...first, offset: 1 },
      { ...first, data: first.data.subarray(1) },
      { ...first, count: 5, bodyBytes: 2_000 },
      { ...first, count: 2 ** 40, data: new Uint8Array(1) },
      { ...first, bodyBytes: 0, data: new Uint8Array(0) },
    ];
    for (const share of shares) expect(refusals(open(), [share])).toEqual(['invalid']);
  });

  test('frames that contradict the first, and no others of their message', () => {
    const reassembly = open();
    expect(refusals(reassembly, [first, { ...frames[1]!, headBytes: 4 }, { ...first, bodyBytes: 1_999 }])).toEqual([
      'incomplete',
      'incomplete',
    ]);
    expect(reassembly.arrivedBytes(first)).toBe(500);
  });

  test('more messages at once than it holds, and takes others when some are complete', () => {
    const reassembly = open({ maxOpen: 2 });
    const messages = [1, 2, 3].map(() => cut({ head, body: [new Uint8Array(2_000)] }, 1_003));
    expect(
      refusals(
        reassembly,
        messages.map((message) => message[0]!),
      ),
    ).toEqual(['crowded']);
    expect(refusals(reassembly, [messages[0]![1]!, messages[2]![0]!])).toEqual([]);
  });

  test('more bytes at once than it holds', () => {
    const reassembly = open({ maxBodyBytes: 2 ** 23 });
    const parts = { bodyBytes: 2 ** 23, count: 2 ** 10, data: new Uint8Array(2 ** 13) };
    // The thirty-second would make it more than 256 MB, heads included.
    const promises = Array.from({ length: 32 }, (_, transfer) => `${transfer}`).map((transfer) => ({
      ...first,
      ...parts,
      transfer,
    }));
    expect(refusals(reassembly, promises)).toEqual(['crowded']);
  });

  test('what stops coming', async () => {
    const dropped = await new Promise((resolve) => {
      const reassembly = open({ incompleteAfterMs: 20, onRefused: (reason, detail) => resolve([reason, detail]) });
      reassembly.take(first);
    });
    expect(dropped).toEqual(['incomplete', '500 of 2000 bytes, no more in 20 ms']);
  });
});

function open(options: Partial<ConstructorParameters<typeof Reassembly>[0]> = {}): Reassembly {
  return new Reassembly({ memory: 'own', maxBodyBytes: 100_000, onRefused: () => {}, ...options });
}

function cut(message: Encoded, maxBytesPerFrame = 100_000) {
  return new Cut(message, maxBytesPerFrame).frames().map(decodeFrame);
}

function refusals(reassembly: Reassembly, frames: readonly ReturnType<typeof decodeFrame>[]): RefusalReason[] {
  return frames.flatMap((frame) => {
    try {
      reassembly.take(frame);
      return [];
    } catch (error) {
      return [(error as Malformed).reason];
    }
  });
}
