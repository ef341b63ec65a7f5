import { createCipheriv } from 'node:crypto';
import { type Codec, Malformed, type Service, type Subject } from '@sparring/protocol';

/** Text in the head, values in the body. */
export interface Letter {
  readonly text: string;
  readonly values: Float32Array;
}

/** A message that is its head: a text. */
export const text: Codec<string> = {
  memory: 'none',
  encode: (message) => ({ head: new TextEncoder().encode(message), body: [] }),
  decode: ({ head }) => {
    const message = new TextDecoder().decode(head);
    if (message === 'nonsense') throw new Malformed('invalid', 'nonsense');
    return message;
  },
};

export const letter = (memory: 'own' | 'shared'): Codec<Letter> => ({
  memory,
  // In pieces of uneven sizes: as several tensors are.
  encode: ({ text: message, values }) => ({
    head: new TextEncoder().encode(message),
    body: [0, 1, 4, 1_001].map((from, piece, starts) => bytesOf(values.subarray(from, starts[piece + 1]))),
  }),
  decode: ({ head, body }) => ({
    text: new TextDecoder().decode(head),
    values: new Float32Array(body.buffer, body.byteOffset, body.byteLength / 4),
  }),
});

export function subject<Message>(name: string, codec: Codec<Message>): Subject<Message> {
  return { name: `sparring.test.${name}`, codec };
}

export function service<Question, Answer>(
  name: string,
  question: Codec<Question>,
  answer: Codec<Answer>,
): Service<Question, Answer> {
  return { name: `sparring.test.${name}`, question, answer };
}

export const bytesOf = (values: Float32Array) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** Values of any bits, NaNs among them. */
export function someValues(count: number): Float32Array {
  const stream = createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16));
  const bytes = stream.update(Buffer.alloc(count * 4));
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}
