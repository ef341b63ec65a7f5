import type { RunRow } from '../view/run-view.js';
import type { LiveRun } from './live-run.js';
import type { RunSource, ShownRun } from './shown-run.js';

/** The one run that a process trains. */
export class LiveRuns implements RunSource {
  readonly #run: LiveRun;

  constructor(run: LiveRun) {
    this.#run = run;
  }

  async list(): Promise<readonly RunRow[]> {
    return [this.#run.row()];
  }

  async find(id: string): Promise<ShownRun | null> {
    return id === this.#run.id ? this.#run : null;
  }
}
