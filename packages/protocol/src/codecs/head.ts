import { Malformed } from '../codec.js';

/** A message type as the generator makes it. */
export interface WireType<Wire> {
  decode(bytes: Uint8Array): Wire;
}

/** @throws Malformed when the bytes are no such message */
export function decodeHead<Wire>(type: WireType<Wire>, bytes: Uint8Array): Wire {
  try {
    return type.decode(bytes);
  } catch (error) {
    throw new Malformed('undecodable', (error as Error).message);
  }
}
