import { type NamedTensors, subjectsOf } from '@sparring/protocol';
import { InProcessBus, StateSource } from '@sparring/runtime';
import fc from 'fast-check';
import { tensorsPart } from '../dist/members/tensors-part.js';

const tensors: NamedTensors = {
  kernel: Float32Array.of(1, 2, 3, 4),
  empty: new Float32Array(),
  bias: Float32Array.of(5, 6),
};
const layout = [
  { name: 'kernel', elements: 4 },
  { name: 'empty', elements: 0 },
  { name: 'bias', elements: 2 },
];

test.each([
  ['the beginning', 0, 2, [{ name: 'kernel', from: 0, values: Float32Array.of(1, 2) }]],
  ['the midst', 1, 2, [{ name: 'kernel', from: 1, values: Float32Array.of(2, 3) }]],
  ['the end of a tensor', 2, 2, [{ name: 'kernel', from: 2, values: Float32Array.of(3, 4) }]],
  ['the beginning of the next', 4, 1, [{ name: 'bias', from: 0, values: Float32Array.of(5) }]],
  [
    'across a boundary',
    3,
    2,
    [
      { name: 'kernel', from: 3, values: Float32Array.of(4) },
      { name: 'bias', from: 0, values: Float32Array.of(5) },
    ],
  ],
  ['beyond the end', 5, 9, [{ name: 'bias', from: 1, values: Float32Array.of(6) }]],
  ['nothing', 6, 9, []],
  ['nothing at all', 2, 0, []],
])('a part of tensors laid one after the other: %s', (_, offset, length, slices) => {
  expect(tensorsPart(tensors, offset, length)).toEqual({ kind: 'part', layout, slices });
});

test('a part is made of views: nothing is copied', () => {
  const part = tensorsPart(tensors, 1, 9);
  if (part.kind === 'part')
    expect(part.slices.map(({ values }) => values.buffer)).toEqual([tensors.kernel!.buffer, tensors.bias!.buffer]);
  expect.assertions(1);
});

test('whatever the parts, a worker puts together what the coordinator holds', async () => {
  const subjects = subjectsOf('test');
  const { signal } = new AbortController();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.float32Array({ maxLength: 20 }), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 40 }),
      async (arrays, partElements) => {
        const held = Object.fromEntries(arrays.map((values, i) => [`tensor ${i}`, values]));
        const bus = new InProcessBus();
        bus.serve(subjects.parameters.fetch, ({ offset, length }) => tensorsPart(held, offset, length));
        const source = new StateSource({
          bus,
          subjects,
          term: 1,
          maxBodyBytes: 2 ** 20,
          keptSteps: 1,
          signal,
          partElements,
        });
        const fetched = await source.stateOf(0);
        expect(Object.keys(fetched)).toEqual(Object.keys(held));
        for (const [name, values] of Object.entries(held)) expect(bytesOf(fetched[name]!)).toEqual(bytesOf(values));
      },
    ),
  );
});

/** NaNs and signs of zeros included. */
function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
