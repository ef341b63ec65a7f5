import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunConfig, RunFolder, type ThreadShelf } from '@sparring/runtime';
import type { HeldRun, SweepRecord, SweepRun, SweepStore } from '@sparring/sweep';
import type { RunSummary } from '../../train/summary.js';
import { computeRun } from '../compute-run.js';
import { watchedFolder } from '../curves.js';
import type { SharedData } from '../shared-data.js';
import { Curve } from './curve.js';
import { RunMirror } from './run-mirror.js';

export interface ComputedRunParts {
  readonly store: SweepStore;
  readonly record: SweepRecord;
  readonly run: SweepRun;
  readonly held: HeldRun;
  readonly data: SharedData;
  readonly shelf: ThreadShelf;
  /** For this run alone. */
  readonly scratch: string;
  /** The store has a checkpoint further than the one it went on from. */
  readonly onProgress: () => void;
  /** Told whether the store has room for a checkpoint: without, the run goes on all the same. */
  readonly onRoom: (hasRoom: boolean) => void;
  /** Aborted: give the run back, with a checkpoint. */
  readonly leave: AbortSignal;
}

/** Why a run was stopped: this process is to leave, its sweep is not to go on, it was given up, or another holds it. */
export type StopReason = 'left' | 'stopped' | 'pruned' | 'lost';

export type Computed =
  | { readonly kind: 'done'; readonly summary: RunSummary; readonly folder: string }
  | { readonly kind: StopReason }
  | { readonly kind: 'threw'; readonly error: Error };

const tickMs = 1_000;
/** Of the time between two checkpoints. */
const soonEnough = 0.9;

/**
 * Computes a held run from the checkpoint that the store has, and mirrors its checkpoints there. Meanwhile it
 * looks whether it is to go on. What it leaves in its scratch folder is the caller's to remove.
 */
export async function computeHeld(parts: ComputedRunParts): Promise<Computed> {
  const { store, record, run, held, leave, scratch } = parts;
  const config: RunConfig = { ...record.configurations[run.configuration]!.config, seed: run.seed };
  const path = join(scratch, run.folder);
  const controller = new AbortController();
  let reason: StopReason | null = null;
  const stop = (why: StopReason) => {
    reason ??= why;
    controller.abort();
  };
  const onLeave = () => stop('left');
  if (leave.aborted) onLeave();
  leave.addEventListener('abort', onLeave);
  let looking = false;
  const look = async () => {
    if (looking) return;
    looking = true;
    try {
      const standing = await held.look();
      if (standing !== 'held') stop(standing);
    } catch {
      // The store cannot be asked any more: this process is about to end.
    } finally {
      looking = false;
    }
  };
  const timer = setInterval(() => void look(), tickMs);
  const mirror = new RunMirror(store, run.identity, held, path);
  const push = async () => {
    const pushed = await mirror.push();
    if (pushed === 'lost') stop('lost');
    if (pushed === 'stored') parts.onProgress();
    if (pushed !== 'lost') parts.onRoom(pushed === 'stored');
  };
  let folder: RunFolder | undefined;
  try {
    await rm(path, { recursive: true, force: true });
    await mirror.fetch();
    folder = await RunFolder.claim(path, config);
    const dataSet = await parts.data.load(config.data);
    const curve = record.prune ? await Curve.open(store, run.identity, record.prune) : null;
    let pushedAt = performance.now();
    const summary = await computeRun({
      ...{ folder, config, identity: run.identity, dataSet, data: parts.data, shelf: parts.shelf },
      signal: controller.signal,
      onSaved: async () => {
        // A run that is done sooner needs no checkpoint at all.
        if (performance.now() - pushedAt < soonEnough * config.checkpointEveryMs) return;
        await push();
        pushedAt = performance.now();
      },
      showOn: (phase) => ({
        advance: () => {},
        endEpoch: (epoch) => {
          if (phase.folder.path === watchedFolder(path, config)) curve?.add(epoch);
        },
        probed: () => {},
        note: () => {},
        end: () => {},
      }),
    });
    await curve?.told();
    return { kind: 'done', summary, folder: path };
  } catch (error) {
    if ((error as Error).name !== 'Interrupted' || reason === null) return { kind: 'threw', error: error as Error };
    if (reason === 'left' || reason === 'stopped') await push();
    return { kind: reason };
  } finally {
    clearInterval(timer);
    leave.removeEventListener('abort', onLeave);
    await folder?.release();
  }
}
