import type { Told } from '../live/shown-run.js';
import type { UnreadableRow } from '../view/run-view.js';
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
  /** Newest first; those that cannot be read, of which nobody knows how old they are, at the end. */
  list(): Promise<readonly (SweepRow | UnreadableRow)[]>;
  /** null where there is no such sweep. @throws RunFolderError or ConfigError where it cannot be read */
  find(id: string): Promise<ShownSweep | null>;
}
