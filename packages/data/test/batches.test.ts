import fc from 'fast-check';
import { batchIndices, batchOrder, readBatch, stepsPerEpoch } from '../dist/batches.js';

const split = {
  images: Uint8Array.from([0, 51, 102, 153, 204, 255, 1, 2]), // 4 images of 2 pixels
  labels: Uint8Array.from([3, 2, 1, 0]),
  size: 4,
};

describe('the order of an epoch', () => {
  test('is a permutation that seed and epoch alone decide', () => {
    const order = batchOrder({ seed: 5, epoch: 2, size: 1000 });
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    expect(batchOrder({ seed: 5, epoch: 2, size: 1000 })).toEqual(order);
    expect(batchOrder({ seed: 5, epoch: 3, size: 1000 })).not.toEqual(order);
    expect(batchOrder({ seed: 6, epoch: 2, size: 1000 })).not.toEqual(order);
    expect(batchOrder({ seed: 5, epoch: 2, size: 1000, index: 1 })).not.toEqual(order);
    expect(batchOrder({ seed: 5, epoch: 2, size: 1000, index: 0 })).toEqual(order);
  });

  test('is cut into batches and shards without gap or overlap, the last short batch dropped', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat({ max: 200 }),
        (shards, each, size) => {
          const batch = shards * each;
          const order = batchOrder({ seed: 1, epoch: 0, size });
          const visited: number[] = [];
          for (let step = 0; step < stepsPerEpoch(size, batch); step++) {
            for (let shard = 0; shard < shards; shard++) {
              visited.push(...batchIndices(order, { step, batch, shards, shard }));
            }
          }
          expect(visited).toEqual([...order.subarray(0, size - (size % batch))]);
        },
      ),
    );
  });

  test('refuses a place outside of its whole batches', () => {
    const order = batchOrder({ seed: 1, epoch: 0, size: 25 });
    const place = { step: 0, batch: 10, shards: 2, shard: 0 };
    expect(() => batchIndices(order, { ...place, shards: 3 })).toThrow(
      'shards: expected a divisor of the batch (10), got 3',
    );
    expect(() => batchIndices(order, { ...place, step: 2 })).toThrow('step: expected 0 to 1 of the epoch, got 2');
    expect(() => batchIndices(order, { ...place, shard: 2 })).toThrow('shard: expected 0 to 1, got 2');
    expect(() => batchIndices(order, { ...place, step: 0.5 })).toThrow('step: expected 0 to 1 of the epoch, got 0.5');
  });
});

describe('reading a batch', () => {
  test('writes byte / 255 and labels into the rows asked for and no others', () => {
    const x = new Float32Array(8).fill(-1);
    const y = new Int32Array(4).fill(-1);
    readBatch(split, Uint32Array.of(9, 2, 0, 9), 1, 3, x, y, 1);
    expect([...x]).toEqual([-1, -1, Math.fround(0.8), 1, 0, Math.fround(0.2), -1, -1]);
    expect([...y]).toEqual([-1, 1, 3, -1]);
  });

  test('gives each byte the float32 nearest to byte / 255', () => {
    const images = Uint8Array.from({ length: 256 }, (_, i) => i);
    const x = new Float32Array(256);
    readBatch({ images, labels: new Uint8Array(1), size: 1 }, Uint32Array.of(0), 0, 1, x, new Int32Array(1), 0);
    expect([...x]).toEqual(Array.from({ length: 256 }, (_, byte) => Math.fround(byte / 255)));
  });

  test('refuses examples and rows that are not there', () => {
    const indices = Uint32Array.of(0, 1, 4);
    const x = new Float32Array(4);
    const y = new Int32Array(2);
    expect(() => readBatch(split, indices, 2, 3, x, y, 0)).toThrow('readBatch: expected examples 0 to 3, got 4');
    expect(() => readBatch(split, indices, 2, 4, x, y, 0)).toThrow(
      'readBatch: expected indices within 0 to 3, got 2 to 4',
    );
    expect(() => readBatch(split, indices, 0, 2, x, y, 1)).toThrow(
      'readBatch: rows 1 to 3 of 2 inputs need x of 6 and y of 3 numbers, got 4 and 2',
    );
    readBatch(split, indices, 2, 2, x, y, 0); // none: nothing to refuse
  });
});
