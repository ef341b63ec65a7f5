import { stat } from 'node:fs/promises';
import { dataOf } from '@sparring/coordinator';
import { loadDataSet } from '@sparring/data';
import { checkpointFile, claimRun, hasCheckpoint, loadCheckpoint, type RunConfig } from '@sparring/runtime';
import { canBeShown, PictureMaker } from '../pictures/picture-maker.js';
import type { Pictures } from '../pictures/pictures.js';
import { picturesFile, readPictures, writePictures } from '../pictures/pictures-file.js';

interface Wanted {
  /** The run's folder, and that of the net. */
  readonly run: string;
  readonly folder: string;
  readonly config: RunConfig;
}

/** One after the other, and each once for all who ask meanwhile. */
const underWay = new Map<string, Promise<Pictures | null>>();
let last: Promise<unknown> = Promise.resolve();

/** A net's pictures: those that are kept, or made from its newest checkpoint where that is newer. null where there is nothing to show. */
export function picturesOf(wanted: Wanted): Promise<Pictures | null> {
  const known = underWay.get(wanted.folder);
  if (known) return known;
  const made = last.then(() => find(wanted));
  underWay.set(wanted.folder, made);
  last = made.catch(() => {}).finally(() => underWay.delete(wanted.folder));
  return made;
}

/** Resolves when none are being made: a thread that computes must not be ended under it. */
export async function picturesMade(): Promise<void> {
  while (underWay.size > 0) await last;
}

async function find({ run, folder, config }: Wanted): Promise<Pictures | null> {
  const kept = await readPictures(folder);
  if (!hasCheckpoint(folder, 'last')) return kept;
  if (kept && (await writtenAt(picturesFile(folder))) >= (await writtenAt(checkpointFile(folder, 'last')))) return kept;
  try {
    const pictures = await make(folder, config);
    if (pictures) await keep(run, folder, pictures);
    return pictures ?? kept;
  } catch {
    // Data or model may be gone since, or the checkpoint be replaced while it was read.
    return kept;
  }
}

async function make(folder: string, config: RunConfig): Promise<Pictures | null> {
  const dataSet = await loadDataSet(config.data);
  if (!canBeShown(dataSet)) return null;
  const kind = config.earlyStop && hasCheckpoint(folder, 'best') ? 'best' : 'last';
  const { step, parameters } = await loadCheckpoint(folder, kind);
  const maker = new PictureMaker(config, dataSet);
  try {
    return await maker.make(step, dataOf(parameters));
  } finally {
    await maker.close();
  }
}

/** Only who has claimed a run writes to its folder: where another process has, they are made anew the next time. */
async function keep(run: string, folder: string, pictures: Pictures): Promise<void> {
  const claim = await claimRun(run).catch(() => null);
  if (!claim) return;
  await writePictures(folder, pictures).catch(() => {});
  await claim.release();
}

async function writtenAt(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.mtimeMs ?? 0;
}
