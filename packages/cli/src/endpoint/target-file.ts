import { unlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { writeAtomically } from '@sparring/runtime';

/**
 * Writes where this process is to be scraped, for Prometheus' file-based service discovery, into the file that SPARRING_METRICS_TARGET
 * names, if it names one. Returns what removes it. One who is killed leaves it behind: then Prometheus knows who is missing.
 */
export async function writeTarget(
  role: string,
  url: string,
  environment: NodeJS.ProcessEnv,
): Promise<() => Promise<void>> {
  const file = environment.SPARRING_METRICS_TARGET;
  if (!file) return async () => {};
  const labels = { role, process: basename(file, '.json') };
  await writeAtomically(file, `${JSON.stringify([{ targets: [new URL(url).host], labels }], null, 2)}\n`);
  return () => unlink(file).catch(() => {});
}
