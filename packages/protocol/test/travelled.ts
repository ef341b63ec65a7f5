import type { Codec, Encoded, Received } from '../dist/index.js';

/** A message as a bus delivers it: its body in one piece, aligned to eight bytes, where the codec wants it. */
export function travelled({ head, body }: Encoded, memory: Codec<never>['memory']): Received {
  const length = body.reduce((sum, piece) => sum + piece.length, 0);
  const assembled = new Uint8Array(memory === 'shared' ? new SharedArrayBuffer(length) : new ArrayBuffer(length));
  let at = 0;
  for (const piece of body) {
    assembled.set(piece, at);
    at += piece.length;
  }
  return { head: Uint8Array.from(head), body: assembled };
}
