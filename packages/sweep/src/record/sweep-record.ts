import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  makeFolder,
  nearestName,
  type PublishedFigures,
  type RunConfig,
  RunFolderError,
  writeAtomically,
} from '@sparring/runtime';
import type { Axis } from '../expansion/grid.js';
import { configurationHash } from '../identity/run-identity.js';
import type { MedianRule } from '../schedule/median-rule.js';

/** One combination of the grid's values. */
export interface Configuration {
  /** Its assignments, 'alpha=.3 batch=50'; the sweep's name where there is no grid. */
  readonly label: string;
  /** As resolved, with the engine; the seed is to be replaced by each run's. */
  readonly config: RunConfig;
  /** Of the data it is trained on. */
  readonly dataChecksum: string;
  /** What each of its runs takes; absent in records from before it was estimated. */
  readonly bytes?: RunBytes;
}

/** Bytes that a run takes at most, wherever it is kept. */
export interface RunBytes {
  /** The largest of its checkpoints. */
  readonly checkpoint: number;
  /** All checkpoints that there are of it at a time: the last of each of its trainings, and the best with early stopping. */
  readonly checkpoints: number;
  /** What is left of it when it is done: configuration, metrics, summaries. */
  readonly files: number;
}

/** What was asked for. Everything about its runs follows from this: none of them is written down before somebody claims it. */
export interface SweepRecord {
  readonly format: 'sparring-sweep/1';
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  /** Recipe or file, as given. */
  readonly source: string;
  readonly grid: readonly Axis[];
  readonly configurations: readonly Configuration[];
  readonly seeds: readonly number[];
  /** All configurations with one seed before any with the next. */
  readonly order: 'seed by seed';
  /** `codeHash` of what computes. */
  readonly code: string;
  readonly engine: string;
  /** Label of the configuration that the others are compared with; null: none. */
  readonly baseline: string | null;
  readonly failFast: boolean;
  /** How often a run may throw before it has failed. */
  readonly maxAttempts: number;
  readonly prune: MedianRule | null;
  readonly published: PublishedFigures | null;
}

/** The record with its id, which follows from what is computed: who asks for the same again gets the same sweep. */
export function newRecord(asked: Omit<SweepRecord, 'format' | 'id' | 'order' | 'createdAt'>): SweepRecord {
  const { name, configurations, seeds, code, prune } = asked;
  const hashes = configurations.map(({ label, config, dataChecksum }) => [
    label,
    configurationHash(config),
    dataChecksum,
  ]);
  const hash = createHash('sha256').update(JSON.stringify({ hashes, seeds, code, prune })).digest('hex');
  const id = `${name}-${hash.slice(0, 8)}`;
  return { format: 'sparring-sweep/1', id, ...asked, order: 'seed by seed', createdAt: new Date().toISOString() };
}

/** Where the sweeps of an output folder are kept, beside its runs. */
export function sweepsFolder(out: string): string {
  return join(out, '.sweeps');
}

export function sweepFolder(out: string, id: string): string {
  return join(sweepsFolder(out), id);
}

export async function writeRecord(out: string, record: SweepRecord): Promise<void> {
  await makeFolder(sweepFolder(out, record.id));
  await writeAtomically(recordFile(out, record.id), `${JSON.stringify(record)}\n`);
}

/** null where there is none. @throws RunFolderError where the file is damaged */
export async function readRecord(out: string, id: string): Promise<SweepRecord | null> {
  const file = recordFile(out, id);
  if (!existsSync(file)) return null;
  try {
    const record = JSON.parse(await readFile(file, 'utf8')) as SweepRecord;
    if (record.format === 'sparring-sweep/1') return record;
  } catch {
    // Said below.
  }
  throw new RunFolderError(`${file}: not a sweep of this version of sparring`);
}

/** Ids of the sweeps of an output folder, by name. */
export async function listSweeps(out: string): Promise<string[]> {
  const names = await readdir(sweepsFolder(out)).catch(() => []);
  return names.filter((id) => existsSync(recordFile(out, id))).sort();
}

/** The sweep of this id, or of the only one that begins so. @throws RunFolderError */
export async function findSweep(out: string, id: string): Promise<SweepRecord> {
  const ids = await listSweeps(out);
  const begun = ids.includes(id) ? [id] : ids.filter((other) => other.startsWith(id));
  const record = begun.length === 1 ? await readRecord(out, begun[0]!) : null;
  if (record) return record;
  if (begun.length > 1) throw new RunFolderError(`${id}: several sweeps begin so: ${begun.join(', ')}`);
  const nearest = nearestName(id, ids) ?? ids.at(-1);
  const hint = nearest === undefined ? `there are none in ${out}` : `did you mean ${nearest}?`;
  throw new RunFolderError(`${id}: no such sweep; ${hint}`);
}

export async function removeRecord(out: string, id: string): Promise<void> {
  await rm(sweepFolder(out, id), { recursive: true, force: true });
}

function recordFile(out: string, id: string): string {
  return join(sweepFolder(out, id), 'sweep.json');
}
