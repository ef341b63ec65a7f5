import { existsSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from './atomic-write.js';
import { type Fields, fieldFault } from './field-fault.js';
import { asRunFolderError, RunFolderError } from './run-folder-error.js';

/** One line of `metrics.jsonl`: what was measured after `step` steps. An epoch's has no `kind`, others say what they are. */
export interface MetricsRecord {
  readonly step: number;
  readonly kind?: string;
  readonly [key: string]: unknown;
}

export function metricsFile(folder: string): string {
  return join(folder, 'metrics.jsonl');
}

/** Adds one line. Where it does not fit on the disk, none of it is left there. */
export async function appendMetrics(folder: string, record: MetricsRecord): Promise<void> {
  const file = metricsFile(folder);
  try {
    const handle = await open(file, 'a');
    try {
      const { size } = await handle.stat();
      await handle.appendFile(`${JSON.stringify(record)}\n`).catch(async (error) => {
        await handle.truncate(size).catch(() => {});
        throw error;
      });
      // A checkpoint that holds this epoch is synced too, and must not outlive its record.
      await handle.datasync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw asRunFolderError(error, `write ${file}`);
  }
}

/** All records in order; none where there is no file. A last line that a kill tore is left out. */
export async function readMetrics(folder: string): Promise<MetricsRecord[]> {
  const file = metricsFile(folder);
  if (!existsSync(file)) return [];
  const text = await readFile(file, 'utf8').catch((error) => {
    throw asRunFolderError(error, `read ${file}`);
  });
  // What does not end in a newline was torn, even where it happens to parse.
  return text
    .split('\n')
    .slice(0, -1)
    .map((line, n) => parseRecord(line, `${file}:${n + 1}`));
}

/**
 * Drops the records past `afterStep` and a torn last line, atomically. To be called on resume with the checkpoint's step: what comes
 * after it will be measured again, so that each epoch stays in the file once. Of probes those past `afterProbe` are dropped: the
 * checkpoint may come before the answer to a probe of an earlier step.
 */
export async function truncateMetrics(folder: string, afterStep: number, afterProbe = afterStep): Promise<void> {
  const isKept = ({ kind, step }: MetricsRecord) => step <= (kind === 'probe' ? afterProbe : afterStep);
  const kept = (await readMetrics(folder)).filter(isKept);
  if (!existsSync(metricsFile(folder))) return;
  await writeAtomically(metricsFile(folder), kept.map((record) => `${JSON.stringify(record)}\n`).join(''));
}

function parseRecord(line: string, place: string): MetricsRecord {
  const [record, fault] = parsed(line);
  if (record && fault === null) return record;
  throw new RunFolderError(`${place}: ${fault}. Delete this line to go on without what it says`);
}

function parsed(line: string): [MetricsRecord | null, string | null] {
  try {
    const record = JSON.parse(line) as MetricsRecord | null;
    if (typeof record?.step === 'number') return [record, fieldFault(record, fieldsOf(record))];
  } catch {
    // Said below.
  }
  return [null, `expected a JSON object with a step, got ${line.slice(0, 60)}`];
}

function fieldsOf({ kind }: MetricsRecord): Fields {
  if (kind === undefined) return ofEpoch;
  return kind === 'probe' ? ofProbe : {};
}

/** What is read of them, in reports as in verifying. */
const ofEpoch: Fields = {
  ...{ epoch: 'number', loss: 'number', trainingSeconds: 'number', examplesPerSecond: 'number' },
  ...{ learningRate: 'number', momentum: 'number', parametersDigest: 'string', optimizerDigest: 'string' },
};
const ofProbe: Fields = { errors: 'object', action: 'string' };
