import { type Codec, type Frame, Malformed, type Received, type RefusalReason } from '@sparring/protocol';
import { checkShare, Transfer } from './transfer.js';

export interface ReassemblyOptions {
  readonly memory: Codec<never>['memory'];
  /** Of a message's body. */
  readonly maxBodyBytes: number;
  /** Transfers that are open at once. */
  readonly maxOpen?: number;
  /** A transfer is dropped when it has not come any further for so long. */
  readonly incompleteAfterMs?: number;
  /** Told of transfers that were dropped because they stopped coming. */
  readonly onRefused: (reason: RefusalReason, detail: string) => void;
}

/**
 * Puts the frames of messages together, in whatever order they come, however often, and whoever sends them: nothing is allocated
 * that the limits forbid, and each frame's bytes are copied once, to their place.
 */
export class Reassembly {
  readonly #options: Required<ReassemblyOptions>;
  readonly #maxOpenBytes: number;
  readonly #open = new Map<string, Transfer>();
  /** The latest that need no further frames. */
  readonly #settled = new Map<string, 'complete' | 'refused'>();
  #openBytes = 0;
  #sweeper: NodeJS.Timeout | undefined;

  constructor(options: ReassemblyOptions) {
    this.#options = { maxOpen: 64, incompleteAfterMs: 10_000, ...options };
    this.#maxOpenBytes = Math.max(leastOpenBytes, 32 * options.maxBodyBytes);
  }

  /**
   * The message, where this frame completes it; null where frames are missing, or where it was complete before.
   * @throws Malformed when it is not to be used
   */
  take(frame: Frame): Received | null {
    checkShare(frame);
    const { transfer } = frame;
    const settled = this.#settled.get(transfer);
    // A refused one is refused again when it begins again: its sender may not have heard why.
    if (settled === 'complete' || (settled === 'refused' && frame.index > 0)) return null;
    const open = this.#open.get(transfer) ?? this.#begin(frame);
    open.take(frame);
    if (!open.complete) return null;
    this.#end(transfer);
    this.#settle(transfer, 'complete');
    return open.received();
  }

  /** How much of a message's body has arrived without a gap; all of it once it is complete; null where it is not taken. */
  arrivedBytes({ transfer, bodyBytes }: Frame): number | null {
    if (this.#settled.get(transfer) === 'complete') return bodyBytes;
    return this.#open.get(transfer)?.arrivedBytes ?? null;
  }

  /** Takes a message again that was complete. */
  forget(transfer: string): void {
    this.#settled.delete(transfer);
  }

  close(): void {
    clearInterval(this.#sweeper);
    this.#open.clear();
  }

  #begin(frame: Frame): Transfer {
    const { memory, ...limits } = this.#options;
    const { transfer, headBytes, bodyBytes } = frame;
    const maxBodyBytes = memory === 'none' ? 0 : limits.maxBodyBytes;
    if (headBytes > maxHeadBytes || bodyBytes > maxBodyBytes) {
      this.#settle(transfer, 'refused');
      throw new Malformed(
        'oversized',
        `got a head of ${headBytes} and a body of ${bodyBytes} bytes; takes ${maxHeadBytes} and ${maxBodyBytes}`,
      );
    }
    // One frame's worth is here already.
    if (frame.count === 1) return new Transfer(frame, memory);
    this.#makeRoom(bytesOf(frame));
    const begun = new Transfer(frame, memory);
    this.#open.set(transfer, begun);
    this.#openBytes += bytesOf(frame);
    this.#sweeper ??= setInterval(() => this.#sweep(), this.#options.incompleteAfterMs / 4).unref();
    return begun;
  }

  /** Drops messages that are stalled, where another one needs the room. @throws Malformed where there is still none */
  #makeRoom(bytes: number): void {
    const { maxOpen, incompleteAfterMs } = this.#options;
    const isFull = () => this.#open.size >= maxOpen || this.#openBytes + bytes > this.#maxOpenBytes;
    if (isFull()) this.#dropStalled(incompleteAfterMs / 10);
    if (!isFull()) return;
    const held = `${this.#open.size} messages of ${this.#openBytes} bytes`;
    throw new Malformed('crowded', `another ${bytes} bytes, while ${held} are incomplete`);
  }

  #sweep(): void {
    this.#dropStalled(this.#options.incompleteAfterMs);
    if (this.#open.size > 0) return;
    clearInterval(this.#sweeper);
    this.#sweeper = undefined;
  }

  #dropStalled(afterMs: number): void {
    for (const [transfer, open] of this.#open) {
      if (performance.now() - open.lastTakenAt < afterMs) continue;
      this.#end(transfer);
      this.#options.onRefused(
        'incomplete',
        `${open.arrivedBytes} of ${open.bodyBytes} bytes, no more in ${afterMs} ms`,
      );
    }
  }

  #end(transfer: string): void {
    const open = this.#open.get(transfer);
    if (!open) return;
    this.#openBytes -= bytesOf(open);
    this.#open.delete(transfer);
  }

  #settle(transfer: string, as: 'complete' | 'refused'): void {
    this.#settled.set(transfer, as);
    if (this.#settled.size > maxSettled) this.#settled.delete(this.#settled.keys().next().value!);
  }
}

const bytesOf = ({ headBytes, bodyBytes }: { headBytes: number; bodyBytes: number }) => headBytes + bodyBytes;

/** A head is a configuration or a list, never tensors. */
const maxHeadBytes = 1024 * 1024;
const maxSettled = 1_024;
const leastOpenBytes = 256 * 1024 * 1024;
