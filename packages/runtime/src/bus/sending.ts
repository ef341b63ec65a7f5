import type { Traffic } from './traffic.js';

/** A message on its way out: frames, handed out one after the other. */
export interface Sending {
  readonly subject: string;
  readonly reply?: string;
  /** What it holds in memory until it is sent. */
  readonly heldBytes: number;
  /** The next frame, or null where there is none, at least for now. */
  next(): Uint8Array | null;
  /** A frame was handed to the connection. */
  sent(bytes: number): void;
  /** The connection does not take its frame: it goes no further. */
  dropped(): void;
}

/** A message whose frames are made already: whoever sends it may change its arrays at once. */
export class PreparedMessage implements Sending {
  readonly subject: string;
  readonly heldBytes: number;
  readonly #frames: readonly Uint8Array[];
  readonly #traffic: Traffic;
  #next = 0;

  constructor(subject: string, frames: readonly Uint8Array[], traffic: Traffic) {
    this.subject = subject;
    this.heldBytes = frames.reduce((bytes, frame) => bytes + frame.length, 0);
    this.#frames = frames;
    this.#traffic = traffic;
    traffic.sentMessages += 1;
  }

  next(): Uint8Array | null {
    return this.#frames[this.#next++] ?? null;
  }

  sent(bytes: number): void {
    this.#traffic.sentBytes += bytes;
  }

  /** What is published may be lost. */
  dropped(): void {}
}
