import { createHash } from 'node:crypto';
import { bytesOf, type NamedTensors, sortedNames } from './tensor-data.js';

/**
 * SHA-256 of named tensors as 64 hex digits: for each, in name order, the line `name [d0,d1,…]\n` in UTF-8 and the elements as
 * little-endian float32. Equal digests mean equal bits.
 */
export function digest(tensors: NamedTensors): string {
  const hash = createHash('sha256');
  for (const name of sortedNames(tensors)) {
    const tensor = tensors[name]!;
    hash.update(`${name} [${tensor.shape.join(',')}]\n`).update(bytesOf(tensor));
  }
  return hash.digest('hex');
}

/** The 16 hex digits that people are shown. */
export function shortDigest(full: string): string {
  return full.slice(0, 16);
}
