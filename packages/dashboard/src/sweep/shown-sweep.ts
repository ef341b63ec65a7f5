import type { Told } from '../live/shown-run.js';
import type { ConfigurationCurves, RunFilter, SweepRow, SweepRunsPage, SweepView } from '../view/sweep-view.js';

/** A sweep as a page can be shown it, wherever it is computed. */
export interface ShownSweep extends Told {
  readonly id: string;
  view(): SweepView;
  /** Of the configuration of this index; null where there is none. */
  curves(configuration: number): Promise<ConfigurationCurves | null>;
  /** A page of the list of runs, counted from 0. */
  runs(filter: RunFilter, page: number): Promise<SweepRunsPage>;
}

/** Where sweeps come from. */
export interface SweepSource {
  /** Newest first. */
  list(): Promise<readonly SweepRow[]>;
  /** null where there is no such sweep. */
  find(id: string): Promise<ShownSweep | null>;
}
