import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeAtomically } from '@sparring/runtime';

/** Of a finished run's folder, but for its checkpoints: who has the seed can make them anew, to the same bits. */
const kept = ['', 'twin/', 'selection/'].flatMap((part) => [`${part}metrics.jsonl`, `${part}summary.json`]);

/** As JSON: their texts by their paths. */
export async function packFiles(folder: string): Promise<Uint8Array> {
  const files: Record<string, string> = {};
  for (const path of ['config.yaml', ...kept]) {
    const file = join(folder, path);
    if (existsSync(file)) files[path] = await readFile(file, 'utf8');
  }
  return new TextEncoder().encode(JSON.stringify(files));
}

/** Lays them into a folder. That the run is done, `summary.json` says: it comes last. */
export async function unpackFiles(bytes: Uint8Array, folder: string): Promise<void> {
  const files = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, string>;
  for (const path of ['config.yaml', ...kept.filter((path) => path !== 'summary.json'), 'summary.json']) {
    const text = files[path];
    if (typeof text !== 'string') continue;
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeAtomically(join(folder, path), text);
  }
}
