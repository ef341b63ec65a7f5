import fc, { type Arbitrary } from 'fast-check';
import { type Codec, type Encoded, Malformed, type Received } from '../dist/index.js';
import { bytes, type Tried } from './messages.ts';
import { travelled } from './travelled.ts';

/** What may arrive instead of a codec's messages, and they themselves: noise, and messages that were cut off or changed on their way. */
export function received<Message>({ codec, arbitrary }: Tried<Message>): Arbitrary<Received> {
  const sent = arbitrary.map((message) => travelled(codec.encode(message), codec.memory));
  const noise = fc.record({ head: bytes, body: bytes });
  return fc
    .tuple(fc.oneof({ weight: 3, arbitrary: sent }, noise), spoiling)
    .map(([{ head, body }, spoil]) => ({ head: spoil(head), body: spoil.body(body) }));
}

/**
 * What is decoded, encoded again; and that, decoded and encoded again. null where it is Malformed.
 * @throws whatever else decoding throws
 */
export function passedOn<Message>(codec: Codec<Message>, some: Received): [Encoded, Encoded] | null {
  let message: Message;
  try {
    message = codec.decode(some);
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
  const first = codec.encode(message);
  return [first, codec.encode(codec.decode(travelled(first, codec.memory)))];
}

/** Ways in which bytes are lost or changed on their way; most leave the body alone, whose checksums would give it away. */
const spoiling = fc
  .record({ flips: fc.array(fc.nat(), { maxLength: 2 }), cut: fc.nat(5), body: fc.nat(5) })
  .map(({ flips, cut, body }) => {
    const spoil = (sent: Uint8Array): Uint8Array => {
      const spoilt = Uint8Array.from(cut === 0 ? sent.subarray(0, sent.length >> 1) : sent);
      for (const flip of flips) if (spoilt.length > 0) spoilt[(flip >> 3) % spoilt.length]! ^= 1 << (flip & 7);
      return spoilt;
    };
    return Object.assign(spoil, { body: (sent: Uint8Array) => (body === 0 ? spoil(sent) : sent) });
  });
