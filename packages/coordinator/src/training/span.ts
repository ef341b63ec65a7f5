/**
 * How many steps a lone trainer is leased at once: about a second of work, so that progress shows and a stop is soon obeyed; more where
 * the state that comes back after each span takes more than a twentieth of it.
 */
export class SpanLength {
  readonly #leastMs: number;
  readonly #minimum: number;
  #targetMs: number;
  #msPerStep: number | undefined;

  constructor(minimum: number, leastMs = 1_000) {
    this.#minimum = minimum;
    this.#leastMs = leastMs;
    this.#targetMs = leastMs;
  }

  /** @param wireMs What of them the span was leased and not computed. */
  observe(numSteps: number, ms: number, wireMs: number): void {
    this.#msPerStep = ms / numSteps;
    this.#targetMs = Math.min(mostMs, Math.max(this.#leastMs, 20 * wireMs));
  }

  /** At most `limit`, a multiple of the minimum where that fits. */
  next(limit: number): number {
    const wanted = this.#msPerStep ? Math.floor(this.#targetMs / this.#msPerStep / this.#minimum) : 1;
    return Math.min(limit, Math.max(1, wanted) * this.#minimum);
  }
}

/** Whoever follows a run sees it move, and is obeyed, within this time. */
const mostMs = 5_000;
