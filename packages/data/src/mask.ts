/** Dropout masks from random words: 8 bits a unit where that hits the keep probability closely enough, else 16. */

const TOLERANCE = 1e-3;
const LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** A unit is kept when its `bits` random bits, read as a number, lie below `threshold`. */
export interface MaskRule {
  readonly bits: 0 | 8 | 16;
  readonly threshold: number;
}

/** @throws RangeError when `keep` is not in [2⁻¹⁶, 1] */
export function maskRule(keep: number): MaskRule {
  if (!(keep >= 2 ** -16 && keep <= 1)) throw new RangeError(`keep: expected 2^-16 (0.0000153) to 1, got ${keep}`);
  if (keep === 1) return { bits: 0, threshold: 1 };
  const threshold = Math.round(keep * 256);
  // 0 and 256 would keep no unit or all of them, whatever the tolerance says
  const close = Math.abs(threshold / 256 - keep) <= TOLERANCE && threshold > 0 && threshold < 256;
  return close ? { bits: 8, threshold } : { bits: 16, threshold: Math.round(keep * 65536) };
}

/**
 * The keep probability that masks really have: the nearest multiple of 1/256 if that is within 0.001 of `keep`, else the
 * nearest multiple of 1/65536. For example 0.5 → 0.5, 0.8 → 205/256 = 0.80078, 0.9 → 58982/65536 = 0.89999.
 *
 * @throws RangeError when `keep` is not in [2⁻¹⁶, 1]
 */
export function keepProbability(keep: number): number {
  const { bits, threshold } = maskRule(keep);
  return threshold / 2 ** bits;
}

/** Units that one 32-bit word decides. */
export function unitsPerWord(rule: MaskRule): number {
  return rule.bits === 8 ? 4 : 2;
}

/**
 * Writes 0 (drop) and 1 (keep) into target[from, to), the first unit from the lowest bits of words[0].
 * `words` holds at least ⌈(to − from) / unitsPerWord⌉ words.
 */
export function writeMask(rule: MaskRule, words: Uint32Array, target: Uint8Array, from: number, to: number): void {
  const { bits, threshold } = rule;
  const perWord = unitsPerWord(rule);
  const whole = Math.floor((to - from) / perWord);
  const start = target.byteOffset + from;
  let done = from;
  if (LITTLE_ENDIAN && start % perWord === 0) {
    if (bits === 8) writeFours(words, new Uint32Array(target.buffer, start, whole), threshold);
    else writeTwos(words, new Uint16Array(target.buffer, start, whole), threshold);
    done += whole * perWord;
  }
  for (let word = (done - from) / perWord; done < to; word++) {
    for (let shift = 0; shift < 32 && done < to; shift += bits) {
      target[done++] = ((words[word]! >>> shift) & (2 ** bits - 1)) < threshold ? 1 : 0;
    }
  }
}

/**
 * Four units at a time, each in its byte of a word. With 7-bit parts a byte's sum `low 7 bits of random + 128 − low 7 bits
 * of threshold` cannot carry into the next byte, and its top bit says whether random's low part reaches the threshold's.
 */
function writeFours(words: Uint32Array, units: Uint32Array, threshold: number): void {
  const addend = Math.imul(128 - (threshold & 127), 0x01010101);
  if (threshold < 128) {
    for (let i = 0; i < units.length; i++) {
      const random = words[i]!;
      units[i] = (~(random | ((random & 0x7f7f7f7f) + addend)) >>> 7) & 0x01010101;
    }
  } else {
    for (let i = 0; i < units.length; i++) {
      const random = words[i]!;
      units[i] = (~(random & ((random & 0x7f7f7f7f) + addend)) >>> 7) & 0x01010101;
    }
  }
}

/** Two units at a time; the sign of `random − threshold` says that a unit is kept. */
function writeTwos(words: Uint32Array, units: Uint16Array, threshold: number): void {
  for (let i = 0; i < units.length; i++) {
    const random = words[i]!;
    units[i] = (((random & 0xffff) - threshold) >>> 31) | ((((random >>> 16) - threshold) >>> 31) << 8);
  }
}
