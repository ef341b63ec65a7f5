import { drawStart, type Model } from '@sparring/core';
import { batchIndices, batchOrder, type Purpose, Random, readBatch, type Split, stepsPerEpoch } from '@sparring/data';
import type { Arrays } from '@sparring/engine';
import { examplesPerStep, type TrainingDefinition } from './definition.js';

/**
 * Writes the inputs of any shard of any step. A shard needs no more than (step, shard) to be known: examples, masks and random
 * starts come from counter-based random numbers, so whoever computes it feeds the same numbers.
 */
export class ShardFeeder {
  readonly #model: Model;
  readonly #definition: TrainingDefinition;
  readonly #split: Split;
  readonly #stepsPerEpoch: number;
  #order: { epoch: number; index: number; indices: Uint32Array } | undefined;

  constructor(model: Model, definition: TrainingDefinition, split: Split) {
    this.#model = model;
    this.#definition = definition;
    this.#split = split;
    this.#stepsPerEpoch = stepsPerEpoch(split.size, examplesPerStep(definition));
  }

  /**
   * Writes shard `shard` of the global batch of `step` into whichever of the inputs `x/<input>`, `labels/<input>`,
   * `cleanMask/<input>/…`, `adversarialMask/<input>/…` and `start/<input>` there are, at place `slot` of arrays that hold several
   * steps. The global batch has the shards of replica 0, then those of replica 1, and so on. Each rollback of the run means new examples,
   * masks and starts for the steps after it.
   */
  fill(arrays: Arrays, step: number, shard: number, input: number, slot: number, rollbacks = 0): void {
    const { batch, shards, replicas, seed, attack } = this.#definition;
    const size = batch / shards;
    const epoch = Math.floor(step / this.#stepsPerEpoch);
    const globally = { batch: examplesPerStep(this.#definition), shards: replicas * shards };
    const place = { ...globally, step: step % this.#stepsPerEpoch, shard };
    const indices = batchIndices(this.#orderOf(epoch, rollbacks), place);
    const labels = arrays[`labels/${input}`] as Int32Array;
    const x = arrays[`x/${input}`] as Float32Array | undefined;
    if (x) readBatch(this.#split, indices, 0, size, x, labels, slot * size);
    else for (let i = 0; i < size; i++) labels[slot * size + i] = this.#split.labels[indices[i]!]!;

    const random = (purpose: Purpose) => new Random({ seed, purpose, epoch, step, shard, index: rollbacks });
    this.#fillMasks(arrays, () => random('clean-mask'), `cleanMask/${input}`, slot * size, size);
    this.#fillMasks(arrays, () => random('adversarial-mask'), `adversarialMask/${input}`, slot * size, size);
    const start = arrays[`start/${input}`] as Float32Array | undefined;
    if (start) {
      const length = size * this.#model.inputSize;
      start.set(drawStart(attack.norm, length, random('random-start')), slot * length);
    }
  }

  #fillMasks(arrays: Arrays, open: () => Random, prefix: string, row: number, rows: number): void {
    const layers = this.#model.dropout.filter(({ name }) => `${prefix}/${name}` in arrays);
    if (layers.length === 0) return;
    const random = open();
    for (const { name, size, keep } of layers) {
      const mask = arrays[`${prefix}/${name}`] as Uint8Array;
      random.fillMask(mask.subarray(row * size, (row + rows) * size), keep);
    }
  }

  #orderOf(epoch: number, index: number): Uint32Array {
    if (this.#order?.epoch !== epoch || this.#order.index !== index) {
      const { seed } = this.#definition;
      this.#order = { epoch, index, indices: batchOrder({ seed, epoch, index, size: this.#split.size }) };
    }
    return this.#order.indices;
  }
}
