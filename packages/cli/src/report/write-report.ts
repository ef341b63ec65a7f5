import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { csvOf, FolderRun, reportHtml } from '@sparring/dashboard';
import { writeAtomically } from '@sparring/runtime';
import { invocation, shortPath } from '../presentation/invocation.js';
import { openScreen } from '../presentation/screen.js';
import { findRunOrSweep } from '../sweep/find-run-or-sweep.js';
import { sweepReport } from './write-sweep-report.js';

/** The options of `report`, as commander hands them over. */
export interface ReportOptions {
  readonly out?: string;
  readonly csv?: boolean;
  readonly runs: string;
}

/** `sparring report`: a run or a sweep in one file. @throws RunFolderError where there is none, or the file cannot be written */
export async function writeReport(asked: string, { out, csv = false, runs }: ReportOptions): Promise<void> {
  const { text, usualFile } = await reportOf(asked, runs, csv);
  if (out === '-') {
    process.stdout.write(text);
    return;
  }
  const file = out ?? usualFile;
  // A device or a pipe cannot be replaced.
  if (file.startsWith('/dev/')) await writeFile(file, text);
  else await writeAtomically(file, text);
  openScreen().say(`${shortPath(file)} is written, ${Math.ceil(text.length / 1_000)} kB.`);
}

async function reportOf(asked: string, runs: string, csv: boolean): Promise<{ text: string; usualFile: string }> {
  const ending = csv ? 'csv' : 'html';
  const found = await findRunOrSweep(asked, runs);
  if (found.kind === 'sweep') {
    const { record } = found;
    return { text: await sweepReport(record, runs, { csv }), usualFile: join(runs, `${record.id}.${ending}`) };
  }
  const run = await FolderRun.open(found.path, invocation());
  return {
    text: csv ? csvOf(run.view()) : await makeHtml(run),
    usualFile: join(found.path, `report.${ending}`),
  };
}

async function makeHtml(run: FolderRun): Promise<string> {
  const keys = run.view().nets.map(({ key }) => key);
  const pictures: Awaited<ReturnType<FolderRun['pictures']>>[] = [];
  for (const key of keys) pictures.push(await run.pictures(key));
  return reportHtml(run.view(), Object.fromEntries(keys.map((key, i) => [key, pictures[i]!])));
}
