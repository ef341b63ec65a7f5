import fc from 'fast-check';
import * as codecs from '../dist/codecs/index.js';
import { type Codec, clusterSubjects, Malformed, subjectsOf } from '../dist/index.js';
import { arbitraries, bytes, runs, type Tried } from './messages.ts';
import { travelled } from './travelled.ts';

const all = Object.entries(arbitraries) as unknown as [string, Tried<unknown>][];

test.each(all)('%s: messages arrive as they were sent', (_, { codec, arbitrary }) => {
  fc.assert(
    fc.property(arbitrary, (message) => {
      expect(codec.decode(travelled(codec.encode(message), codec.memory))).toEqual(message);
    }),
    runs(),
  );
});

test.each(all)('%s: whatever arrives is a message that can be passed on, or Malformed', (_, { codec, arbitrary }) => {
  const sent = arbitrary.map((message) => travelled(codec.encode(message), codec.memory));
  const noise = fc.record({ head: bytes, body: bytes });
  fc.assert(
    fc.property(fc.oneof({ weight: 3, arbitrary: sent }, noise), spoiling, ({ head, body }, spoil) => {
      const message = decoded(codec, { head: spoil(head), body: spoil.body(body) });
      if (message === undefined) return;
      const passedOn = codec.encode(message);
      expect(codec.encode(codec.decode(travelled(passedOn, codec.memory)))).toEqual(passedOn);
    }),
    runs(200),
  );
});

test('every message of every subject has been tried', () => {
  const codecsOf = (subjects: object): unknown[] =>
    Object.values(subjects).flatMap((entity) =>
      Object.values(entity as object).flatMap(({ codec, question, answer }) => (codec ? [codec] : [question, answer])),
    );
  const used = new Set([...codecsOf(subjectsOf('run')), ...codecsOf(clusterSubjects())]);
  expect(new Set(Object.values(arbitraries).map(({ codec }) => codec as unknown))).toEqual(used);
});

test('tensors are not copied, neither where they are sent nor where they arrive', () => {
  const parameters = { kernel: Float32Array.of(1, 2, 3), bias: Float32Array.of(4) };
  const sent = codecs.parametersUpdate.encode({ term: 1, step: 2, parameters });
  expect(sent.body.map(({ buffer }) => buffer)).toEqual([parameters.kernel.buffer, parameters.bias.buffer]);
  const received = travelled(sent, 'shared');
  const update = codecs.parametersUpdate.decode(received);
  expect(update.parameters.bias!.buffer).toBe(received.body.buffer);
  expect(Object.keys(update.parameters)).toEqual(['kernel', 'bias']);
});

test('a text of any length arrives, as much of it as fits', () => {
  const { codec } = arbitraries.leaveNotice;
  const { reason } = codec.decode(travelled(codec.encode({ workerId: 'w', reason: `${'x'.repeat(3_999)}🥊` }), 'none'));
  expect(reason).toBe(`${'x'.repeat(3_999)}\ufffd`);
});

test('a result is not sent as one of another kind', () => {
  const result = { workerId: 'w', leaseId: 'l', term: 1, computeMs: 1 };
  const failure = { ...result, outcome: { kind: 'failure', message: 'no' } } as const;
  expect(() => codecs.passResult.encode(failure)).toThrow('the result of a failure was to be sent as that of a pass');
});

/** Ways in which bytes are lost or changed on their way; most leave the body alone, whose checksums would give it away. */
const spoiling = fc
  .record({ flips: fc.array(fc.nat(), { maxLength: 2 }), cut: fc.nat(5), body: fc.nat(5) })
  .map(({ flips, cut, body }) => {
    const spoil = (sent: Uint8Array): Uint8Array => {
      const spoilt = Uint8Array.from(cut === 0 ? sent.subarray(0, sent.length >> 1) : sent);
      for (const flip of flips) if (spoilt.length > 0) spoilt[(flip >> 3) % spoilt.length]! ^= 1 << (flip & 7);
      return spoilt;
    };
    return Object.assign(spoil, { body: (sent: Uint8Array) => (body === 0 ? spoil(sent) : sent) });
  });

function decoded<Message>(
  codec: Codec<Message>,
  received: { head: Uint8Array; body: Uint8Array },
): Message | undefined {
  try {
    return codec.decode(received);
  } catch (error) {
    expect(error).toBeInstanceOf(Malformed);
    return undefined;
  }
}
