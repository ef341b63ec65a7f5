export { type Claiming, HeldRun } from './cluster/held-run.js';
export type { CurveEntry } from './cluster/run-entry.js';
export { bytesOf, inBytes, roomForCheckpoints, type StoreNeed, shortage, storeNeed } from './cluster/store-need.js';
export { openSweepDesk } from './cluster/sweep-desk.js';
export { type OfficeEvent, SweepOffice } from './cluster/sweep-office.js';
export { type Header, isLaidOut, keys, SweepStore } from './cluster/sweep-store.js';
export { FollowedSweep, type ListedSweep, type ToldRun, type ToldSweep } from './cluster/told-sweep.js';
export { expand, type SweepRun } from './expansion/expand.js';
export { type Axis, checkAxes, combinations, parseAxis } from './expansion/grid.js';
export { parseSeeds, showSeeds } from './expansion/seeds.js';
export { codeHash } from './identity/code-hash.js';
export { configurationHash, type Ingredients, runIdentity } from './identity/run-identity.js';
export { countStates, type Pace, type StateCounts, SweepMetrics } from './metrics/sweep-metrics.js';
export { Ledger } from './record/ledger.js';
export type { LedgerEvent, RunResult } from './record/ledger-event.js';
export {
  type Configuration,
  findSweep,
  listSweeps,
  newRecord,
  type RunBytes,
  readRecord,
  removeRecord,
  type SweepRecord,
  sweepFolder,
  writeRecord,
} from './record/sweep-record.js';
export { readWish, type Wish, writeWish } from './record/wish.js';
export { type Curve, type MedianRule, prunedRuns, type Verdict } from './schedule/median-rule.js';
export { RunLine } from './schedule/run-line.js';
export { apply, deadly, freshStates, type RunState } from './schedule/run-states.js';
export { type Comparison, compare, fewestPairs } from './statistics/compare.js';
export { type Description, describe } from './statistics/describe.js';
export { studentCdf, studentQuantile } from './statistics/student-t.js';
export { type SignedRank, signedRank } from './statistics/wilcoxon.js';
export { type Figure, figures, type SweepTable, type TableRow, tabulate } from './table/sweep-table.js';
export { tableCsv } from './table/table-csv.js';
export { tableText } from './table/table-text.js';
export { type BlockWords, type RowWords, type TableWords, tableWords } from './table/table-words.js';
