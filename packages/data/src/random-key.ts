import type { StreamAddress } from './philox.js';

/** What a stream of random numbers is for; streams of different purposes are independent. */
export type Purpose =
  | 'batch-order'
  | 'parameters'
  | 'clean-mask'
  | 'adversarial-mask'
  | 'random-start'
  | 'evaluation-start'
  | 'synthetic-data'
  | 'fingerprint';

// A number never changes its purpose, nor a purpose its number: every result ever obtained depends on it.
const PURPOSE_NUMBERS: Readonly<Record<Purpose, number>> = {
  'batch-order': 1,
  parameters: 2,
  'clean-mask': 3,
  'adversarial-mask': 4,
  'random-start': 5,
  'evaluation-start': 6,
  'synthetic-data': 7,
  fingerprint: 8,
};

/** Names one stream. Every field has its own bits of Philox's key and counter, so different keys never share a number. */
export interface RandomKey {
  /** 0 to 2⁵³ − 1 */
  readonly seed: number;
  readonly purpose: Purpose;
  /** 0 to 2³² − 1 */
  readonly epoch: number;
  /** 0 to 2³² − 1 */
  readonly step: number;
  /** 0 to 65535 */
  readonly shard: number;
  /** Tells apart several streams of one purpose at one place: 0 to 65535, default 0. */
  readonly index?: number;
}

/** @throws RangeError when a field does not fit its bits */
export function addressOf({ seed, purpose, epoch, step, shard, index = 0 }: RandomKey): StreamAddress {
  const number = Object.hasOwn(PURPOSE_NUMBERS, purpose) ? PURPOSE_NUMBERS[purpose] : undefined;
  if (number === undefined) {
    const known = Object.keys(PURPOSE_NUMBERS).join(', ');
    throw new RangeError(`purpose: expected one of ${known}, got ${String(purpose)}`);
  }
  checkWord('seed', seed, 53);
  checkWord('epoch', epoch, 32);
  checkWord('step', step, 32);
  checkWord('shard', shard, 16);
  checkWord('index', index, 16);
  const seedHigh = Math.floor(seed / 2 ** 32); // 21 bits; the purpose takes the 11 above
  return { key: [seed >>> 0, (number << 21) | seedHigh], counter: [step, epoch, (index << 16) | shard] };
}

function checkWord(name: string, value: number, bits: number): void {
  if (!Number.isInteger(value) || value < 0 || value >= 2 ** bits) {
    throw new RangeError(`${name}: expected an integer from 0 to 2^${bits} - 1, got ${value}`);
  }
}
