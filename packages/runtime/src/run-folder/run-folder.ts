import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { readConfigYaml, readShownConfig, writeConfigYaml } from '../config/config-yaml.js';
import type { RunConfig } from '../config/run-config.js';
import { removeLeftovers, writeAtomically } from './atomic-write.js';
import type { Checkpoint } from './checkpoint.js';
import { type CheckpointKind, hasCheckpoint, loadCheckpoint, saveCheckpoint } from './checkpoint-file.js';
import { makeFolder } from './make-folder.js';
import { appendMetrics, type MetricsRecord, readMetrics, truncateMetrics } from './metrics-file.js';
import { asRunFolderError, RunFolderError } from './run-folder-error.js';
import { claimRun, type RunLock } from './run-lock.js';
import { readSummary, summaryFile } from './summary-file.js';

/**
 * A run's folder: `config.yaml` as resolved, `metrics.jsonl`, `checkpoints/`, `summary.json`, and `lock` while a process holds it.
 * `create` and `open` claim it, and only who has claimed it may write; `read` does not.
 */
export class RunFolder {
  readonly path: string;
  readonly id: string;
  private readonly lock: RunLock | null;
  /** Whose metrics, checkpoints and summary these are: the run's, or those of another net that it trains. */
  private readonly of: 'run' | 'net';

  private constructor(path: string, id: string, lock: RunLock | null, of: 'run' | 'net' = 'run') {
    this.path = path;
    this.id = id;
    this.lock = lock;
    this.of = of;
  }

  /** Makes and claims a new folder under `root`; nothing is left of it where that fails. */
  static async create(root: string, config: RunConfig): Promise<RunFolder> {
    const path = await makeUnique(resolve(root), config);
    try {
      const lock = await claimRun(path);
      await writeAtomically(join(path, 'config.yaml'), writeConfigYaml(config));
      return new RunFolder(path, basename(path), lock);
    } catch (error) {
      await rm(path, { recursive: true, force: true }).catch(() => {});
      throw error;
    }
  }

  /**
   * Claims the folder at `path`, made where it is missing: for runs whose folder is known before they begin, so that whoever comes second
   * finds it claimed. @throws RunInUse
   */
  static async claim(path: string, config: RunConfig): Promise<RunFolder> {
    await makeFolder(resolve(path)).catch((error) => {
      throw asRunFolderError(error, `create ${path}`);
    });
    const lock = await claimRun(resolve(path));
    try {
      for (const folder of parts) await removeLeftovers(join(path, folder));
      const file = join(path, 'config.yaml');
      if (!existsSync(file)) await writeAtomically(file, writeConfigYaml(config));
    } catch (error) {
      await lock.release();
      throw error;
    }
    return new RunFolder(resolve(path), basename(resolve(path)), lock);
  }

  /** Claims the folder of a run that was interrupted, or is finished. */
  static async open(path: string): Promise<RunFolder> {
    const found = RunFolder.read(path);
    const lock = await claimRun(found.path);
    for (const folder of parts) await removeLeftovers(join(found.path, folder));
    return new RunFolder(found.path, found.id, lock);
  }

  /** For reading only; it may be in use. */
  static read(path: string): RunFolder {
    if (!existsSync(join(path, 'config.yaml')))
      throw new RunFolderError(`${path}: no run's folder: it has no config.yaml`);
    return new RunFolder(resolve(path), basename(resolve(path)), null);
  }

  /** The twin's part of the folder: its own metrics, checkpoints and summary, under the run's claim and configuration. */
  twin(): Promise<RunFolder> {
    return this.#part('twin');
  }

  /** The same of the training that found the number of epochs to train again for. */
  selection(): Promise<RunFolder> {
    return this.#part('selection');
  }

  async #part(name: string): Promise<RunFolder> {
    const path = join(this.path, name);
    await makeFolder(path).catch((error) => {
      throw asRunFolderError(error, `create ${path}`);
    });
    return new RunFolder(path, `${this.id}/${name}`, null, 'net');
  }

  readConfig(): RunConfig {
    return readConfigYaml(join(this.path, 'config.yaml'));
  }

  /** To be shown: its model's file and its data may be gone, or others. */
  readShownConfig(): RunConfig {
    return readShownConfig(join(this.path, 'config.yaml'));
  }

  appendMetrics(record: MetricsRecord): Promise<void> {
    return appendMetrics(this.path, record);
  }

  readMetrics(): Promise<MetricsRecord[]> {
    return readMetrics(this.path);
  }

  truncateMetrics(afterStep: number, afterProbe?: number): Promise<void> {
    return truncateMetrics(this.path, afterStep, afterProbe);
  }

  saveCheckpoint(kind: CheckpointKind, checkpoint: Checkpoint): Promise<void> {
    return saveCheckpoint(this.path, kind, checkpoint);
  }

  loadCheckpoint(kind: CheckpointKind): Promise<Checkpoint> {
    return loadCheckpoint(this.path, kind);
  }

  hasCheckpoint(kind: CheckpointKind): boolean {
    return hasCheckpoint(this.path, kind);
  }

  async writeSummary(summary: unknown): Promise<void> {
    await writeAtomically(summaryFile(this.path), `${JSON.stringify(summary, null, 2)}\n`);
  }

  /** null where the run is not finished. @throws RunFolderError where it is damaged */
  readSummary(): Promise<unknown> {
    return readSummary(this.path, this.of);
  }

  /** Gives the claim back. */
  async release(): Promise<void> {
    await this.lock?.release();
  }
}

/** The folders within a run's folder that files are written to. */
const parts = ['.', 'checkpoints', 'twin', 'twin/checkpoints', 'selection', 'selection/checkpoints'];

async function makeUnique(root: string, config: RunConfig): Promise<string> {
  try {
    await makeFolder(root);
    for (;;) {
      const path = join(root, newRunId(config));
      try {
        await mkdir(path);
        return path;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
  } catch (error) {
    throw asRunFolderError(error, `create a run's folder in ${root}`);
  }
}

/** `demo-s0-20261123-101530-ab12`: name, seed, the time in UTC, and four random digits against two in one second. */
export function newRunId({ name, seed }: RunConfig, now = new Date()): string {
  const [day, time] = now.toISOString().slice(0, 19).replace(/[-:]/g, '').split('T');
  return `${name}-s${seed}-${day}-${time}-${randomBytes(2).toString('hex')}`;
}
