import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize, resolve } from 'node:path';
import { clusterSubjects, type RunFile } from '@sparring/protocol';
import { RunFolder } from '@sparring/runtime';
import type { Client } from './client.js';

const partBytes = 2 ** 23;
/** The coordinator collects all of a run's files for the first answer. One that has died is noticed sooner: nobody serves then. */
const answerMs = 60_000;

/** Fetches a run's folder into `root`. It is there when all of it is, and replaces one that was fetched before. */
export async function fetchRun(client: Client, run: string, root: string): Promise<RunFolder> {
  const target = resolve(root, run);
  // What is there is replaced: no id may lead to another folder than one of `root`.
  if (dirname(target) !== resolve(root)) throw new Error(`a run is named by its id, not by a path: ${run}`);
  const aside = join(resolve(root), `.${run}.${randomUUID().slice(0, 8)}`);
  const partial = `${aside}.partial`;
  const { runs } = clusterSubjects();
  try {
    const { files } = await client.ask((bus, options) => bus.request(runs.files, { run }, options), answerMs);
    for (const file of files) {
      const path = join(partial, safe(file.path));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, await fetchFile(client, run, file));
    }
    await putInPlace(partial, target, `${aside}.old`);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return RunFolder.read(target);
}

/** At every moment there is one of the two, in place or aside. */
async function putInPlace(partial: string, target: string, old: string): Promise<void> {
  if (!existsSync(target)) return rename(partial, target);
  await rename(target, old);
  try {
    await rename(partial, target);
  } catch (error) {
    await rename(old, target);
    throw error;
  }
  await rm(old, { recursive: true });
}

async function fetchFile(client: Client, run: string, { path, bytes, sha256 }: RunFile): Promise<Uint8Array> {
  const { runs } = clusterSubjects();
  const parts: Uint8Array[] = [];
  for (let offset = 0; offset < bytes; ) {
    const question = { run, path, offset, length: partBytes };
    const { bytes: part } = await client.ask(
      (bus, options) => bus.request(runs.read, question, { ...options, maxBodyBytes: partBytes }),
      answerMs,
    );
    if (part.length === 0) break;
    parts.push(part);
    offset += part.length;
  }
  const content = Buffer.concat(parts);
  if (createHash('sha256').update(content).digest('hex') === sha256) return content;
  throw new Error(`${run}: ${path} did not arrive as it was sent; fetch it again with: sparring follow ${run}`);
}

/** A path within the folder, whatever the other side says. */
function safe(path: string): string {
  const within = normalize(path);
  if (!isAbsolute(within) && !within.startsWith('..')) return within;
  throw new Error(`the cluster names a file outside of the run's folder: ${path}`);
}
