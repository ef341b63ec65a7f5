import { randomBytes } from 'node:crypto';
import { crc32, type Encoded, encodeFrame } from '@sparring/protocol';

/** An encoded message as frames: the head in the first, the body shared evenly among all; only the last may hold less. */
export class Cut {
  readonly transfer: string;
  readonly numFrames: number;
  readonly bodyBytes: number;
  readonly bytesPerFrame: number;
  readonly #head: Uint8Array;
  readonly #body: readonly Uint8Array[];

  /** Keeps views of the message's own arrays. @throws where its head does not fit into a frame */
  constructor({ head, body }: Encoded, maxBytesPerFrame: number, transfer = newTransfer()) {
    this.transfer = transfer;
    this.#head = head;
    this.#body = body;
    this.bodyBytes = body.reduce((bytes, piece) => bytes + piece.length, 0);
    const room = maxBytesPerFrame - head.length;
    if (room < (this.bodyBytes > 0 ? leastBodyBytes : 0)) {
      throw new Error(`a message's head: got ${head.length} bytes; takes ${maxBytesPerFrame}, what the broker does`);
    }
    this.numFrames = Math.max(1, Math.ceil(this.bodyBytes / Math.min(room, mostBodyBytes)));
    this.bytesPerFrame = frameSize(this.bodyBytes, this.numFrames);
  }

  /** Of its first frame, without what each frame has. */
  get largestBytes(): number {
    return this.#head.length + this.bytesPerFrame;
  }

  /** All of them: copies. */
  frames(): Uint8Array[] {
    return Array.from({ length: this.numFrames }, (_, index) => this.frame(index));
  }

  /** As it travels: a copy. */
  frame(index: number): Uint8Array {
    const offset = index * this.bytesPerFrame;
    return encodeFrame({
      transfer: this.transfer,
      index,
      count: this.numFrames,
      headBytes: this.#head.length,
      bodyBytes: this.bodyBytes,
      offset,
      head: index === 0 ? this.#head : nothing,
      headCrc32: index === 0 ? crc32(this.#head) : 0,
      data: this.#data(offset, Math.min(offset + this.bytesPerFrame, this.bodyBytes)),
      fault: '',
    });
  }

  /** A view where they lie in one piece. */
  #data(from: number, to: number): Uint8Array {
    let start = 0;
    let gathered: Uint8Array | undefined;
    for (const piece of this.#body) {
      const end = start + piece.length;
      if (from < end && start < to) {
        const part = piece.subarray(Math.max(0, from - start), to - start);
        if (part.length === to - from) return part;
        gathered ??= new Uint8Array(to - from);
        gathered.set(part, Math.max(0, start - from));
      }
      start = end;
    }
    return gathered ?? nothing;
  }
}

/** How many bytes of the body each frame holds but the last: what both sides derive from the same two numbers. */
export function frameSize(bodyBytes: number, numFrames: number): number {
  return Math.ceil(bodyBytes / numFrames);
}

/** Tells who sends a large question how much of its body has arrived: a frame of the question's own transfer, sent to its inbox. */
export function acknowledgement(transfer: string, bodyBytes: number, arrivedBytes: number): Uint8Array {
  return encodeFrame({ ...blank, count: 0, transfer, bodyBytes, offset: arrivedBytes });
}

/** The answer of a service that failed, or does not take the question. Of the question's own transfer, which nobody can guess. */
export function faultFrame(message: string, transfer: string): Uint8Array {
  return encodeFrame({ ...blank, transfer, fault: message || 'unknown error' });
}

const nothing = new Uint8Array(0);
const blank = {
  index: 0,
  count: 1,
  headBytes: 0,
  bodyBytes: 0,
  offset: 0,
  head: nothing,
  headCrc32: 0,
  data: nothing,
  fault: '',
};
const leastBodyBytes = 256;
/**
 * A connection is read 64 KB at a time. A frame that spans two readings is put together in memory that grows, and what it outgrows is
 * garbage: 10 MB in frames of 256 KB took their receiver twice the processor time of these, most of it to collect that.
 */
const mostBodyBytes = 32 * 1024;

// Unlike any other process's, and not to be guessed by one that would spoil a message.
const transferPrefix = randomBytes(15).toString('base64url');
let transfers = 0;

function newTransfer(): string {
  transfers += 1;
  return `${transferPrefix}-${transfers.toString(36)}`;
}
