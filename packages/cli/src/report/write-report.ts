import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { csvOf, FolderRun, reportHtml } from '@sparring/dashboard';
import { findRun, writeAtomically } from '@sparring/runtime';
import { shortPath } from '../presentation/invocation.js';
import { openScreen } from '../presentation/screen.js';

/** The options of `report`, as commander hands them over. */
export interface ReportOptions {
  readonly out?: string;
  readonly csv?: boolean;
  readonly runs: string;
}

/** `sparring report`: a run in one file. @throws RunFolderError where there is no such run, or the file cannot be written */
export async function writeReport(asked: string, { out, csv = false, runs }: ReportOptions): Promise<void> {
  const path = findRun(asked, runs);
  const run = await FolderRun.open(path);
  const text = csv ? csvOf(run.view()) : await makeHtml(run);
  if (out === '-') {
    process.stdout.write(text);
    return;
  }
  const file = out ?? join(path, csv ? 'report.csv' : 'report.html');
  // A device or a pipe cannot be replaced.
  if (file.startsWith('/dev/')) await writeFile(file, text);
  else await writeAtomically(file, text);
  openScreen().say(`${shortPath(file)} is written, ${Math.ceil(text.length / 1_000)} kB.`);
}

async function makeHtml(run: FolderRun): Promise<string> {
  const keys = run.view().nets.map(({ key }) => key);
  const pictures: Awaited<ReturnType<FolderRun['pictures']>>[] = [];
  for (const key of keys) pictures.push(await run.pictures(key));
  return reportHtml(run.view(), Object.fromEntries(keys.map((key, i) => [key, pictures[i]!])));
}
