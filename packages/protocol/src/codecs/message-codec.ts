import type { Codec } from '../codec.js';
import { BodyReader, BodyWriter } from './body.js';
import { decodeHead, type WireType } from './head.js';

/** How one type of message is written and read; everything else is the same for all. */
export interface Translation<Message, Fields, Wire> {
  /** As it was generated. */
  readonly type: WireType<Wire> & { encode(fields: Fields): { finish(): Uint8Array } };
  /** Default: none. */
  readonly memory?: Codec<Message>['memory'];
  /** Writes the tensors into the body, and gives the head's fields. */
  toWire(message: Message, body: BodyWriter): Fields;
  /** Checks every field. @throws Malformed */
  fromWire(wire: Wire, body: BodyReader): Message;
}

export function messageCodec<Message, Fields, Wire>(translation: Translation<Message, Fields, Wire>): Codec<Message> {
  const { type, memory = 'none' } = translation;
  return {
    memory,
    encode(message) {
      const writer = new BodyWriter();
      const head = type.encode(translation.toWire(message, writer)).finish();
      return { head, body: writer.body };
    },
    decode({ head, body }) {
      const reader = new BodyReader(body);
      const message = translation.fromWire(decodeHead(type, head), reader);
      reader.end();
      return message;
    },
  };
}
