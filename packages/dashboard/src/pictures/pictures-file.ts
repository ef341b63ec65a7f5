import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '@sparring/runtime';
import type { Pictures } from './pictures.js';

/** Where a net's folder keeps its last pictures. */
export function picturesFile(folder: string): string {
  return join(folder, 'pictures.json');
}

/** Some fifty kilobytes. Only for who has claimed the run. */
export function writePictures(folder: string, pictures: Pictures): Promise<void> {
  return writeAtomically(picturesFile(folder), `${JSON.stringify(pictures)}\n`);
}

/** null where there are none, or none that can be read: they can be made anew. */
export async function readPictures(folder: string): Promise<Pictures | null> {
  const file = picturesFile(folder);
  if (!existsSync(file)) return null;
  try {
    const pictures = JSON.parse(await readFile(file, 'utf8')) as Pictures;
    return Number.isInteger(pictures?.step) && Array.isArray(pictures.attacks) ? pictures : null;
  } catch {
    return null;
  }
}
