import type { RefusalReason } from '@sparring/protocol';

/** A message that was dropped, and how many of its kind were since it was last told. */
export interface Refusal {
  readonly reason: RefusalReason;
  readonly detail: string;
  readonly count: number;
}

/** Counts dropped messages by reason, and tells of each reason once a second at most: what anyone may send must not flood a log. */
export class Refusals {
  readonly counts: Record<string, number> = {};
  readonly #tell: (refusal: Refusal) => void;
  readonly #untold = new Map<RefusalReason, { count: number; toldAt: number }>();

  constructor(tell: (refusal: Refusal) => void = () => {}) {
    this.#tell = tell;
  }

  count(reason: RefusalReason, detail: string): void {
    this.counts[reason] = (this.counts[reason] ?? 0) + 1;
    const untold = this.#untold.get(reason) ?? { count: 0, toldAt: Number.NEGATIVE_INFINITY };
    this.#untold.set(reason, untold);
    untold.count += 1;
    const now = performance.now();
    if (now - untold.toldAt < silenceMs) return;
    this.#tell({ reason, detail, count: untold.count });
    untold.count = 0;
    untold.toldAt = now;
  }
}

const silenceMs = 1_000;
