import { type Codec, type Frame, Malformed, type Received } from '@sparring/protocol';
import { frameSize } from './frames.js';

/** A message that is arriving. */
export class Transfer {
  readonly headBytes: number;
  readonly bodyBytes: number;
  lastTakenAt = performance.now();
  readonly #bytesPerFrame: number;
  readonly #body: Uint8Array;
  readonly #has: Uint8Array;
  #head: Uint8Array | undefined;
  #numTaken = 0;
  /** Before it no frame is missing. */
  #firstMissing = 0;

  /** Takes the memory for the whole message; its size is within the limits. */
  constructor({ count, headBytes, bodyBytes }: Frame, memory: Codec<never>['memory']) {
    this.headBytes = headBytes;
    this.bodyBytes = bodyBytes;
    this.#bytesPerFrame = frameSize(bodyBytes, count);
    this.#body = new Uint8Array(memory === 'shared' ? new SharedArrayBuffer(bodyBytes) : new ArrayBuffer(bodyBytes));
    this.#has = new Uint8Array(count);
  }

  get complete(): boolean {
    return this.#numTaken === this.#has.length;
  }

  /** How much of the body has arrived without a gap. */
  get arrivedBytes(): number {
    return Math.min(this.#firstMissing * this.#bytesPerFrame, this.bodyBytes);
  }

  /** @throws Malformed when it contradicts the first that came */
  take({ transfer, index, count, headBytes, bodyBytes, offset, head, data }: Frame): void {
    if (count !== this.#has.length || headBytes !== this.headBytes || bodyBytes !== this.bodyBytes) {
      throw new Malformed('incomplete', `frames of ${transfer} contradict each other`);
    }
    if (this.#has[index]) return;
    this.lastTakenAt = performance.now();
    // A copy: a frame's own bytes lie in the connection's buffer.
    if (index === 0) this.#head = head.slice();
    this.#body.set(data, offset);
    this.#has[index] = 1;
    this.#numTaken += 1;
    while (this.#has[this.#firstMissing]) this.#firstMissing += 1;
  }

  /** Once it is complete. */
  received(): Received {
    return { head: this.#head!, body: this.#body };
  }
}

/**
 * Frames share a body evenly, so that from their number follows which bytes are whose: no two have the same, and none is left out.
 * @throws Malformed when this one has others
 */
export function checkShare({ index, count, bodyBytes, offset, data }: Frame): void {
  const bytesPerFrame = frameSize(bodyBytes, count);
  const fair =
    index < count &&
    count <= maxFrames &&
    // Not even the last is empty, unless there is no body.
    (count === 1 || (count - 1) * bytesPerFrame < bodyBytes) &&
    offset === index * bytesPerFrame &&
    data.length === Math.min(bytesPerFrame, bodyBytes - offset);
  if (!fair) throw new Malformed('invalid', `frame ${index} of ${count} holds another share of the body than it says`);
}

/** 2 GB in frames of 32 KB. */
const maxFrames = 65_536;
