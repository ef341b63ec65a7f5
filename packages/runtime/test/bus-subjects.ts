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

/** Values whose every bit is set somewhere, NaNs among them; the same for the same seed. */
export function someValues(count: number, seed = 1): Float32Array {
  const bits = new Uint32Array(count);
  for (let i = 0, state = seed; i < count; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bits[i] = state;
  }
  return new Float32Array(bits.buffer);
}
