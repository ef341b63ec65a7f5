import { Random } from './random.js';
import type { Split } from './split.js';

/** Which of the orders there are; `index` tells apart several of one epoch, default 0. */
export interface BatchOrderKey {
  readonly seed: number;
  readonly epoch: number;
  readonly size: number;
  readonly index?: number;
}

/** The order in which one epoch visits the examples 0 … size − 1: a permutation that (seed, epoch, index) alone decide. */
export function batchOrder({ seed, epoch, size, index = 0 }: BatchOrderKey): Uint32Array {
  return new Random({ seed, purpose: 'batch-order', epoch, step: 0, shard: 0, index }).permutation(size);
}

/** Whole batches in an epoch; a last short one is dropped. */
export function stepsPerEpoch(size: number, batch: number): number {
  return Math.floor(size / batch);
}

/** Where a shard's examples are. `step` counts from the beginning of the epoch; `batch` is the global batch's size. */
export interface ShardPlace {
  readonly step: number;
  readonly batch: number;
  readonly shards: number;
  readonly shard: number;
}

/**
 * The examples of one shard, as a view of the epoch's order: batches lie in `order` one after the other, and the shards
 * of a batch likewise.
 *
 * @throws RangeError when `shards` does not divide `batch`, or the place is not within the epoch's whole batches
 */
export function batchIndices(order: Uint32Array, { step, batch, shards, shard }: ShardPlace): Uint32Array {
  if (batch % shards !== 0) throw new RangeError(`shards: expected a divisor of the batch (${batch}), got ${shards}`);
  const steps = stepsPerEpoch(order.length, batch);
  if (!(Number.isInteger(step) && step >= 0 && step < steps))
    throw new RangeError(`step: expected 0 to ${steps - 1} of the epoch, got ${step}`);
  if (!(Number.isInteger(shard) && shard >= 0 && shard < shards))
    throw new RangeError(`shard: expected 0 to ${shards - 1}, got ${shard}`);
  const size = batch / shards;
  const from = step * batch + shard * size;
  return order.subarray(from, from + size);
}

/**
 * Copies the examples indices[from, to) of a split into rows at, at + 1, … of x [rows, inputSize] (pixel values in
 * [0, 1] = byte / 255) and of y [rows] (labels).
 *
 * @throws RangeError when an index is not in the split, or the rows do not fit into x and y
 */
export function readBatch(
  split: Split,
  indices: Uint32Array,
  from: number,
  to: number,
  x: Float32Array,
  y: Int32Array,
  at: number,
): void {
  if (from < 0 || to > indices.length) {
    throw new RangeError(`readBatch: expected indices within 0 to ${indices.length}, got ${from} to ${to}`);
  }
  if (to <= from) return;
  const { images, labels, size } = split;
  const inputSize = images.length / size;
  const rows = at + to - from;
  if (at < 0 || rows > y.length || rows * inputSize > x.length) {
    throw new RangeError(
      `readBatch: rows ${at} to ${rows} of ${inputSize} inputs need x of ${rows * inputSize} and y of ${rows} numbers, got ${x.length} and ${y.length}`,
    );
  }
  for (let row = at, i = from; i < to; row++, i++) {
    const example = indices[i]!;
    if (example >= size) throw new RangeError(`readBatch: expected examples 0 to ${size - 1}, got ${example}`);
    y[row] = labels[example]!;
    const source = example * inputSize;
    const target = row * inputSize;
    for (let input = 0; input < inputSize; input++) x[target + input] = images[source + input]! / 255;
  }
}
