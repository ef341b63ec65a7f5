import { maskRule, unitsPerWord, writeMask } from './mask.js';
import { normalQuantile } from './normal.js';
import { fillBlocks, type StreamAddress } from './philox.js';
import { addressOf, type RandomKey } from './random-key.js';

const CHUNK_WORDS = 4096; // 16 KB: stays in the first-level cache between making the words and using them
const chunk = new Uint32Array(CHUNK_WORDS);

/**
 * A stream of 32-bit words, named by its key alone (Philox4x32-10). Each method takes as many whole words as it needs and
 * goes on where the last one stopped:
 *
 * - `uint32`, `uniform`, `normal`: one word a number, so n numbers then m are the same as n + m at once;
 * - `mask`, `fillMask`: ⌈n / 4⌉ words (8 bits a unit) or ⌈n / 2⌉ (16 bits), none when keep is 1, so the same holds where n
 *   is a multiple of 4;
 * - `permutation`: n − 1 words, plus one for each draw rejected.
 *
 * All results are the same on every machine.
 */
export class Random {
  readonly #address: StreamAddress;
  readonly #tail = new Uint32Array(4); // the last block made, when some of its words are not used yet
  #tailAt = 4;
  #block = 0;

  /** @throws RangeError when a field of the key does not fit its bits */
  constructor(key: RandomKey) {
    this.#address = addressOf(key);
  }

  /** n words, each uniform over 0 … 2³² − 1. */
  uint32(n: number): Uint32Array {
    const words = new Uint32Array(n);
    this.#fill(words);
    return words;
  }

  /** n numbers uniform over [low, high) in steps of (high − low) / 2²⁴, rounded to float32. */
  uniform(n: number, low: number, high: number): Float32Array {
    const numbers = new Float32Array(n);
    const width = (high - low) * 2 ** -24;
    for (const [words, from] of this.#chunks(n)) {
      for (let i = 0; i < words.length; i++) numbers[from + i] = low + (words[i]! >>> 8) * width;
    }
    return numbers;
  }

  /** n numbers of the standard normal distribution, within ±6.4, by inversion (see normalQuantile). */
  normal(n: number): Float32Array {
    const numbers = new Float32Array(n);
    for (const [words, from] of this.#chunks(n)) {
      for (let i = 0; i < words.length; i++) numbers[from + i] = normalQuantile((words[i]! + 0.5) * 2 ** -32);
    }
    return numbers;
  }

  /** The numbers 0 … n − 1 in an order drawn uniformly from all n! (Fisher–Yates, unbiased integers). */
  permutation(n: number): Uint32Array {
    const order = new Uint32Array(n);
    for (let i = 0; i < n; i++) order[i] = i; // 40 times as fast as Uint32Array.from with a function
    for (let last = n - 1; last > 0; last--) {
      const other = this.#below(last + 1);
      const moved = order[last]!;
      order[last] = order[other]!;
      order[other] = moved;
    }
    return order;
  }

  /** n units: 1 (keep) with probability keepProbability(keep), else 0. */
  mask(n: number, keep: number): Uint8Array {
    const mask = new Uint8Array(n);
    this.fillMask(mask, keep);
    return mask;
  }

  /**
   * As `mask`, into a buffer of the caller's. Fastest where the buffer starts at a multiple of 4 bytes.
   *
   * @throws RangeError when `keep` is not in [2⁻¹⁶, 1]
   */
  fillMask(target: Uint8Array, keep: number): void {
    const rule = maskRule(keep);
    if (rule.bits === 0) {
      target.fill(1);
      return;
    }
    const perWord = unitsPerWord(rule);
    for (const [words, from] of this.#chunks(Math.ceil(target.length / perWord))) {
      const to = Math.min((from + words.length) * perWord, target.length);
      writeMask(rule, words, target, from * perWord, to);
    }
  }

  /** The next n words in pieces, each with the number of words before it; a piece is valid until the next is asked for. */
  *#chunks(n: number): Generator<[Uint32Array, number]> {
    for (let from = 0; from < n; from += CHUNK_WORDS) {
      const words = chunk.subarray(0, Math.min(CHUNK_WORDS, n - from));
      this.#fill(words);
      yield [words, from];
    }
  }

  /** Uniform over 0 … bound − 1. The words below 2³² mod `bound` are rejected, for as many of the rest give each number. */
  #below(bound: number): number {
    const excess = (-bound >>> 0) % bound; // 2³² mod bound without leaving 32 bits
    for (;;) {
      const word = this.#next();
      if (word >= excess) return word % bound;
    }
  }

  #next(): number {
    if (this.#tailAt === 4) {
      fillBlocks(this.#tail, this.#address, this.#block++);
      this.#tailAt = 0;
    }
    return this.#tail[this.#tailAt++]!;
  }

  #fill(words: Uint32Array): void {
    let at = 0;
    while (at < words.length && this.#tailAt < 4) words[at++] = this.#tail[this.#tailAt++]!;
    const blocks = (words.length - at) >>> 2;
    fillBlocks(words.subarray(at, at + 4 * blocks), this.#address, this.#block);
    this.#block += blocks;
    for (at += 4 * blocks; at < words.length; at++) words[at] = this.#next();
  }
}
