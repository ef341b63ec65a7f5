import { type Codec, type Frame, Malformed } from '@sparring/protocol';
import { Reassembly, type ReassemblyOptions } from './reassembly.js';
import type { Traffic } from './traffic.js';

/** Takes frames, gives messages. */
export class Receiver<Message> extends Reassembly {
  readonly #codec: Codec<Message>;
  readonly #traffic: Traffic;

  constructor(codec: Codec<Message>, traffic: Traffic, options: Omit<ReassemblyOptions, 'memory'>) {
    super({ ...options, memory: codec.memory });
    this.#codec = codec;
    this.#traffic = traffic;
  }

  /** The message that this frame completes, if it does. @throws Malformed, whatever else the codec throws */
  receive(frame: Frame): Message | null {
    const received = this.take(frame);
    if (!received) return null;
    this.#traffic.receivedMessages += 1;
    try {
      return this.#codec.decode(received);
    } catch (error) {
      // Asked again, it may arrive whole.
      this.forget(frame.transfer);
      if (error instanceof Malformed) throw error;
      throw new Malformed('undecodable', (error as Error).message);
    }
  }
}
