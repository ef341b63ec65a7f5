import { createHash } from 'node:crypto';
import { setImmediate as aMoment } from 'node:timers/promises';

/**
 * In hexadecimal digits. In pieces, between which everything else has its turn: to hash a file of hundreds of megabytes takes long
 * enough for a coordinator that says nothing meanwhile to be taken for dead.
 */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    if (at > 0) await aMoment();
    hash.update(bytes.subarray(at, at + pieceBytes));
  }
  return hash.digest('hex');
}

/** Some milliseconds of a processor that hashes in hardware, and ten times as many of one that does not. */
const pieceBytes = 4 * 1024 * 1024;
