import type { Pictures } from '../pictures/pictures.js';
import type { NetKey, RunRow, RunView, UnreadableRow } from '../view/run-view.js';

/** Where a page is in what a run has told: opaque to all but the run. */
export type Cursor = Readonly<Record<string, number>>;

/** What brings a page up to date. */
export interface Message {
  readonly event: 'snapshot' | 'update';
  /** The view, or what has changed of it, as JSON. */
  readonly json: string;
  readonly cursor: Cursor;
}

/** What pages are told of as it goes: a run or a sweep. */
export interface Told {
  /** Looks at what may have changed elsewhere; called at most five times a second, and only while somebody watches. */
  refresh(): Promise<void>;
  /** What is new since the cursor, all of it without one; null where nothing is. */
  since(cursor: Cursor | null): Message | null;
}

/** A run as a page can be shown it, wherever it is. */
export interface ShownRun extends Told {
  readonly id: string;
  /** The whole of it. */
  view(): RunView;
  pictures(net: NetKey): Promise<Pictures | null>;
}

/** Where runs come from. */
export interface RunSource {
  /** Newest first, `mostListed` at most. */
  list(): Promise<readonly (RunRow | UnreadableRow)[]>;
  /** null where there is no such run. @throws RunFolderError or ConfigError where it cannot be read */
  find(id: string): Promise<ShownRun | null>;
}
