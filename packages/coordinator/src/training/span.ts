/** How many steps a lone trainer is leased at once: about a second of work, so that progress shows and a stop is soon obeyed. */
export class SpanLength {
  readonly #targetMs: number;
  readonly #minimum: number;
  #msPerStep: number | undefined;

  constructor(minimum: number, targetMs = 1_000) {
    this.#minimum = minimum;
    this.#targetMs = targetMs;
  }

  observe(numSteps: number, ms: number): void {
    this.#msPerStep = ms / numSteps;
  }

  /** At most `limit`, a multiple of the minimum where that fits. */
  next(limit: number): number {
    const wanted = this.#msPerStep ? Math.floor(this.#targetMs / this.#msPerStep / this.#minimum) : 1;
    return Math.min(limit, Math.max(1, wanted) * this.#minimum);
  }
}
