import { mostConfigurations, sweepCsv, sweepReportHtml } from '@sparring/dashboard';
import type { SweepRecord } from '@sparring/sweep';
import { Book } from '../sweep/book.js';
import { shownFromFolder } from '../sweep/shown-from-folder.js';

/** A sweep in one file: as HTML its table, curves and comparison, as CSV a line for each run and each of its epochs. */
export async function sweepReport(record: SweepRecord, out: string, { csv }: { csv: boolean }): Promise<string> {
  const show = await shownFromFolder(await Book.open(out, record));
  const runs = await show.everyRun();
  if (csv) return sweepCsv(record.id, runs);
  const numCurves = Math.min(record.configurations.length, mostConfigurations);
  const curves = await Promise.all(Array.from({ length: numCurves }, (_, configuration) => show.curves(configuration)));
  return sweepReportHtml({
    view: show.view(),
    curves: curves.filter((each) => each !== null),
    runs: runs.map(({ row }) => row),
  });
}
