import { crc32 as checksum } from 'node:zlib';

/** CRC-32 as zlib computes it: whether bytes arrived as they were sent, not who sent them. */
export function crc32(bytes: Uint8Array): number {
  return checksum(bytes);
}
