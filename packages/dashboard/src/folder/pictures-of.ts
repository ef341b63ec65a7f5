import { readFile, stat } from 'node:fs/promises';
import { checkpointFile, claimRun, hasCheckpoint, RunFolder } from '@sparring/runtime';
import { develop } from '../pictures/develop.js';
import { inTurn } from '../pictures/in-turn.js';
import type { Pictures } from '../pictures/pictures.js';
import { picturesFile, readPictures, writePictures } from '../pictures/pictures-file.js';

interface Wanted {
  /** The run's folder, and that of the net. */
  readonly run: string;
  readonly folder: string;
}

/** Of runs that another process has claimed, into whose folders nobody else writes: by folder, and of the checkpoint written then. */
const made = new Map<string, { readonly of: number; readonly pictures: Pictures | null }>();
const mostMade = 64;

/** A net's pictures: those that are kept, or made from its newest checkpoint where that is newer. null where there is nothing to show. */
export function picturesOf(wanted: Wanted): Promise<Pictures | null> {
  return inTurn(wanted.folder, () => find(wanted));
}

async function find({ run, folder }: Wanted): Promise<Pictures | null> {
  const kept = await readPictures(folder);
  if (!hasCheckpoint(folder, 'last')) return kept;
  const of = await writtenAt(checkpointFile(folder, 'last'));
  if (kept && (await writtenAt(picturesFile(folder))) >= of) return kept;
  const known = made.get(folder);
  if (known?.of === of) return known.pictures ?? kept;
  try {
    const pictures = await make(run, folder);
    if (!pictures || !(await keep(run, folder, pictures))) remember(folder, { of, pictures });
    return pictures ?? kept;
  } catch {
    // Data or model may be gone or others since, or the checkpoint be replaced while it was read.
    return kept;
  }
}

/** @throws ConfigError where the model's file is not the one that was trained */
async function make(run: string, folder: string): Promise<Pictures | null> {
  const config = RunFolder.read(run).readConfig();
  const kind = config.earlyStop && hasCheckpoint(folder, 'best') ? 'best' : 'last';
  return develop(config, await readFile(checkpointFile(folder, kind)));
}

/** Only who has claimed a run writes to its folder. Returns whether that could be done. */
async function keep(run: string, folder: string, pictures: Pictures): Promise<boolean> {
  const claim = await claimRun(run).catch(() => null);
  if (!claim) return false;
  try {
    await writePictures(folder, pictures);
    return true;
  } catch {
    return false;
  } finally {
    await claim.release();
  }
}

function remember(folder: string, pictures: { readonly of: number; readonly pictures: Pictures | null }): void {
  made.delete(folder);
  for (const oldest of made.keys()) if (made.size >= mostMade) made.delete(oldest);
  made.set(folder, pictures);
}

async function writtenAt(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.mtimeMs ?? 0;
}
