import type { Cursor, Message, RunSource, Told } from '../live/shown-run.js';
import type { SweepSource } from '../sweep/shown-sweep.js';

const lookEveryMs = 2_000;

/** The lists of runs and sweeps, as pages are told of them: anew whenever one has changed. */
export class ShownList implements Told {
  readonly #runs: RunSource;
  readonly #sweeps: SweepSource;
  #json = '';
  #revision = 0;
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(runs: RunSource, sweeps: SweepSource) {
    this.#runs = runs;
    this.#sweeps = sweeps;
  }

  async refresh(): Promise<void> {
    if (performance.now() - this.#lookedAt < lookEveryMs) return;
    const json = JSON.stringify({ runs: await this.#runs.list(), sweeps: await this.#sweeps.list() });
    this.#lookedAt = performance.now();
    if (json === this.#json) return;
    this.#json = json;
    this.#revision++;
  }

  since(cursor: Cursor | null): Message | null {
    if (this.#revision === 0 || cursor?.revision === this.#revision) return null;
    return { event: 'snapshot', json: this.#json, cursor: { revision: this.#revision } };
  }
}
