import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RunFolder } from '@sparring/runtime';

/** Has a run's folder anything worth keeping: a checkpoint or a measurement, of the net or of its twin? */
export function hasBegun({ path }: Pick<RunFolder, 'path'>): boolean {
  const kept = ['checkpoints', 'metrics.jsonl', 'twin/checkpoints', 'twin/metrics.jsonl'];
  return kept.some((name) => existsSync(join(path, name)));
}
