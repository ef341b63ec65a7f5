import { statfs } from 'node:fs/promises';
import { definitionOf } from '@sparring/coordinator';
import type { DataSet } from '@sparring/data';
import { type RunConfig, RunFolderError } from '@sparring/runtime';
import { inBytes, type RunBytes } from '@sparring/sweep';
import { initialState, loadModel, timelineOf } from '@sparring/training';

/** Of a checkpoint's file: what is not tensors. */
const bytesOfHead = 4_096;
/** Configuration, summary and the ledger's lines; and half a kilobyte of metrics an epoch, or a probe. */
const [bytesOfFiles, bytesOfLine] = [16_384, 512];

/** What a run takes at most, in bytes: of each of its trainings the last checkpoint, with early stopping the best too. */
export async function bytesOfRun(config: RunConfig, dataSet: DataSet): Promise<RunBytes> {
  const definition = definitionOf(config);
  const model = await loadModel(definition.model, dataSet);
  const state = Object.values(initialState(model, definition)).reduce((sum, { byteLength }) => sum + byteLength, 0);
  const kept = config.earlyStop ? 2 : 1;
  const checkpoints = kept + (config.twin ? kept : 0) + (config.retrain ? 1 : 0);
  // Of a training that is probed, with the state that is being measured and the last good one.
  const measured = config.probeEvery === null ? 0 : 2 * kept;
  const epochs = config.epochs * (config.retrain ? 2 : 1) + (config.twin?.epochs ?? 0);
  const { totalSteps } = timelineOf(definition, dataSet.train.size);
  const probes = config.probeEvery === null ? 0 : Math.floor(totalSteps / config.probeEvery);
  return {
    checkpoint: state * (config.probeEvery === null ? 1 : 3) + bytesOfHead,
    checkpoints: checkpoints * (state + bytesOfHead) + measured * state,
    files: bytesOfFiles + (epochs + probes) * bytesOfLine,
  };
}

/** @throws RunFolderError where the disk has no room for the runs that are left, with one checkpoint more a slot while it is written */
export async function checkDisk(folder: string, bytes: number): Promise<{ free: number }> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (bytes <= free) return { free };
  throw new RunFolderError(
    `${folder}: the disk is too small: the runs that are left may take ${inBytes(bytes)}, ${inBytes(free)} are free; sweep over fewer seeds, or elsewhere with --out`,
  );
}
