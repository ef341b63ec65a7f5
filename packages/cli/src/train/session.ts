import type { DataSet } from '@sparring/data';
import type { EngineName } from '@sparring/engine';
import type { RunConfig, RunFolder } from '@sparring/runtime';
import type { Observed } from '../endpoint/observed.js';
import type { Screen } from '../presentation/screen.js';
import type { Interruption } from './interruption.js';

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
  readonly observed: Observed;
}
