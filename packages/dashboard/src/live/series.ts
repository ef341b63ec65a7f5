import type { Point } from '../view/run-view.js';

/** A training's progress in bounded memory: when it is full, neighbours are merged, and from then on as many points make one. */
export class Series {
  readonly #most: number;
  #points: Point[] = [];
  /** Points that make one. */
  #stride = 1;
  #pending: Point[] = [];
  /** Goes up whenever points that were there before have changed. */
  generation = 0;

  constructor(most = 2_000) {
    this.#most = most;
  }

  get points(): readonly Point[] {
    return this.#points;
  }

  add(point: Point): void {
    this.#pending.push(point);
    if (this.#pending.length < this.#stride) return;
    this.#points.push(merged(this.#pending));
    this.#pending = [];
    if (this.#points.length < this.#most) return;
    this.#points = Array.from({ length: this.#points.length >> 1 }, (_, i) =>
      merged(this.#points.slice(2 * i, 2 * i + 2)),
    );
    this.#stride *= 2;
    this.generation++;
  }

  /** What lies after this step will come anew. */
  truncate(step: number): void {
    this.#pending = [];
    const kept = this.#points.filter((point) => point.step <= step);
    if (kept.length === this.#points.length) return;
    this.#points = kept;
    this.generation++;
  }
}

/** The loss as it was last, the speed on average. Five digits are more than a screen shows. */
function merged(points: readonly Point[]): Point {
  const { step, loss } = points.at(-1)!;
  const speed = points.reduce((sum, { examplesPerSecond }) => sum + examplesPerSecond, 0) / points.length;
  return { step, loss: Number(loss.toPrecision(5)), examplesPerSecond: Number(speed.toPrecision(5)) };
}
