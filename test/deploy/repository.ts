import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A path in the folder `deploy`. */
export function deployed(...path: string[]): string {
  return join(root, 'deploy', ...path);
}

export function readDeployed(...path: string[]): string {
  return readFileSync(deployed(...path), 'utf8');
}
