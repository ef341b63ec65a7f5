import { decodeFrame, Malformed } from '@sparring/protocol';
import { isInbox } from '../../../packages/runtime/dist/broker/roles.js';
import { Receiver } from '../../../packages/runtime/dist/bus/receiver.js';
import type { Fate, Target } from './targets.ts';

/** What must become of bytes that are published on a target: what the bus promises, and then whoever takes the message. */
export function fateOf(bytes: Uint8Array, reply: string | undefined, target: Target): Fate | 'skip' {
  const { codec, maxBodyBytes, isService } = target;
  const traffic = { sentMessages: 0, sentBytes: 0, receivedMessages: 0, receivedBytes: 0 };
  const receiver = new Receiver(codec, traffic, { maxBodyBytes, onRefused: () => {} });
  try {
    const frame = decodeFrame(bytes);
    if (isService && !(reply && isInbox(reply))) return { counted: 'invalid', isAnswered: false };
    const message = receiver.receive(frame);
    // The first of several frames: nobody can say when it is given up.
    return message === null ? 'skip' : target.fateOf(message);
  } catch (error) {
    if (error instanceof Malformed) return { counted: error.reason, isAnswered: false };
    throw error;
  } finally {
    receiver.close();
  }
}
