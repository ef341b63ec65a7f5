import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RunFolder } from '@sparring/runtime';

/** Has a run's folder anything worth keeping: a checkpoint or a measurement, of any net that it trains? */
export function hasBegun({ path }: Pick<RunFolder, 'path'>): boolean {
  const kept = ['.', 'twin', 'selection'].flatMap((net) => [join(net, 'checkpoints'), join(net, 'metrics.jsonl')]);
  return kept.some((name) => existsSync(join(path, name)));
}
