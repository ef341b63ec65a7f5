/**
 * Philox4x32-10, a counter-based generator: block n of a stream is a pure function of (key, counter), so any worker can
 * make any part of any stream without the parts before it.
 *
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011 (doi 10.1145/2063384.2063405).
 */

const { imul } = Math; // looked up once: sandboxes such as jest's make every use of a global slow

const ROUNDS = 10;
const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9; // golden ratio
const WEYL_1 = 0xbb67ae85; // √3 − 1

/** The part of a stream's address that stays while its block number counts up. All are 32-bit words. */
export interface StreamAddress {
  readonly key: readonly [number, number];
  readonly counter: readonly [number, number, number];
}

/**
 * Writes blocks `first`, `first + 1`, … of a stream into `words`, four 32-bit words each. The block number is counter
 * word 0, the address' three words are counter words 1 to 3.
 */
export function fillBlocks(words: Uint32Array, address: StreamAddress, first: number): void {
  const [key0, key1] = address.key;
  const [counter1, counter2, counter3] = address.counter;
  for (let at = 0, block = first; at + 4 <= words.length; at += 4, block++) {
    let x0 = block | 0;
    let x1 = counter1 | 0;
    let x2 = counter2 | 0;
    let x3 = counter3 | 0;
    let k0 = key0 | 0;
    let k1 = key1 | 0;
    for (let round = 0; round < ROUNDS; round++) {
      const high0 = multiplyHigh(x0, MULTIPLIER_0 >>> 16, MULTIPLIER_0 & 0xffff);
      const high1 = multiplyHigh(x2, MULTIPLIER_1 >>> 16, MULTIPLIER_1 & 0xffff);
      const low0 = imul(x0, MULTIPLIER_0);
      const low1 = imul(x2, MULTIPLIER_1);
      x0 = high1 ^ x1 ^ k0;
      x1 = low1;
      x2 = high0 ^ x3 ^ k1;
      x3 = low0;
      k0 = (k0 + WEYL_0) | 0;
      k1 = (k1 + WEYL_1) | 0;
    }
    words[at] = x0;
    words[at + 1] = x1;
    words[at + 2] = x2;
    words[at + 3] = x3;
  }
}

/** Upper 32 bits of a 32 × 32-bit product from four 16 × 16-bit ones; JavaScript has only the lower 32 (Math.imul). */
function multiplyHigh(a: number, bHigh: number, bLow: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const middle = imul(aHigh, bLow) + (imul(aLow, bLow) >>> 16);
  const carry = imul(aLow, bHigh) + (middle & 0xffff);
  return (imul(aHigh, bHigh) + (middle >>> 16) + (carry >>> 16)) | 0;
}
