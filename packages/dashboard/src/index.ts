export { RecordedRuns } from './cluster/recorded-runs.js';
export { faultOf } from './folder/fault-of.js';
export { FolderRun } from './folder/folder-run.js';
export { readRecords } from './folder/net-folder.js';
export { RunsFolder } from './folder/runs-folder.js';
export { factsOf } from './folder/summary.js';
export { type Conclusion, LiveRun, type LiveRunOptions } from './live/live-run.js';
export { LiveRuns } from './live/live-runs.js';
export type { RunSource, ShownRun } from './live/shown-run.js';
export type { Pictures } from './pictures/pictures.js';
export { attackTitles, compareHtml, type Difference, errorOf } from './report/compare-html.js';
export { configDifferences, netOf, shortName } from './report/comparison.js';
export { csvOf } from './report/csv.js';
export { reportHtml } from './report/report-html.js';
export { sweepCsv } from './report/sweep-csv.js';
export { sweepReportHtml } from './report/sweep-report-html.js';
export { Dashboard } from './server/dashboard.js';
export type { ShownSweep, SweepSource } from './sweep/shown-sweep.js';
export { type SweepOrigin, SweepShow, type SweepStanding } from './sweep/sweep-show.js';
export { resultRows } from './view/facts.js';
export type { NetKey, RunRow, RunView, UnreadableRow } from './view/run-view.js';
export {
  mostConfigurations,
  mostSlots,
  type SlotView,
  type SweepRow,
  type SweepRunRow,
  type SweepStatus,
  type SweepView,
} from './view/sweep-view.js';
