import fc from 'fast-check';
import * as codecs from '../dist/codecs/index.js';
import { clusterSubjects, subjectsOf } from '../dist/index.js';
import { arbitraries, runs, type Tried } from './messages.ts';
import { passedOn, received } from './spoilt.ts';
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
  fc.assert(
    fc.property(received({ codec, arbitrary }), (some) => {
      const [first, second] = passedOn(codec, some) ?? [];
      expect(second).toEqual(first);
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
