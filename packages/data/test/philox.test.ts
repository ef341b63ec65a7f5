import { fillBlocks } from '../dist/philox.js';

type Words4 = [number, number, number, number];

function block([first, ...counter]: Words4, key: [number, number]): number[] {
  const words = new Uint32Array(4);
  fillBlocks(words, { key, counter }, first);
  return [...words];
}

describe('Philox4x32-10', () => {
  // Random123 1.14, tests/kat_vectors
  test.each<[Words4, [number, number], Words4]>([
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ])('counter %p with key %p gives the published block', (counter, key, expected) => {
    expect(block(counter, key)).toEqual(expected);
  });

  test('blocks made together are those made one by one', () => {
    const address = { key: [1, 2], counter: [3, 4, 5] } as const;
    const together = new Uint32Array(12);
    fillBlocks(together, address, 7);
    expect([...together]).toEqual([7, 8, 9].flatMap((first) => block([first, 3, 4, 5], [1, 2])));
  });
});
