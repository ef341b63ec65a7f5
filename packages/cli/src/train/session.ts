import type { LiveRun } from '@sparring/dashboard';
import type { DataSet, DataSpec } from '@sparring/data';
import type { EngineName } from '@sparring/engine';
import type { CheckpointKind, RunConfig, RunFolder, ThreadShelf } from '@sparring/runtime';
import type { Observed } from '../endpoint/observed.js';
import type { Progress } from '../presentation/progress.js';
import type { Screen } from '../presentation/screen.js';
import type { Interruption } from './interruption.js';
import type { Phase } from './train-phase.js';

/** One process's work on a run, from its beginning or from its checkpoint. */
export interface Session {
  readonly folder: RunFolder;
  /** With the engine resolved. */
  readonly config: RunConfig;
  readonly engine: EngineName;
  readonly dataSet: DataSet;
  readonly screen: Screen;
  readonly interruption: Interruption;
  readonly startedAt: number;
  /** Other data than the run's own, where one of its trainings has them; loaded anew where this is absent. */
  readonly loadData?: (spec: DataSpec) => Promise<DataSet>;
  /** Compute threads of runs before, for this one and those to come. */
  readonly shelf?: ThreadShelf;
  /** A checkpoint lies in the folder; what is done about it holds up the next one, and not the steps. */
  readonly onSaved?: ((kind: CheckpointKind) => Promise<void>) | undefined;
  /** Where a training is shown, in place of the screen. */
  readonly showOn?: (phase: Required<Phase>) => Progress;
  /** Where whoever watches sees it; null where nobody can. */
  readonly live: LiveRun | null;
  /** Where it is told how its trainings go; null where nobody asks. */
  readonly observed: Observed | null;
}
