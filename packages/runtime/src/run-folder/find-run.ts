import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { nearestName } from '../config/nearest.js';
import { RunFolderError } from './run-folder-error.js';

/** Finds a run's folder by its path, its id under `root`, or the beginning of exactly one id; throws RunFolderError. */
export function findRun(run: string, root = 'runs'): string {
  for (const path of [run, join(root, run)]) if (existsSync(join(path, 'config.yaml'))) return resolve(path);
  const ids = listRuns(root);
  const begun = ids.filter((id) => id.startsWith(run));
  if (begun.length === 1) return resolve(root, begun[0]!);
  if (begun.length > 1) throw new RunFolderError(`${run}: several runs begin so: ${begun.join(', ')}`);
  const nearest = nearestName(run, ids) ?? ids.at(-1);
  const hint = nearest === undefined ? `there are none in ${resolve(root)}` : `did you mean ${nearest}?`;
  throw new RunFolderError(`${run}: no such run; ${hint}`);
}

/** Ids of the runs under `root`, by name; none where there is no such folder. Only those that are `asked` for are looked at. */
export function listRuns(root: string, isAsked: (id: string) => boolean = () => true): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .filter((id) => isAsked(id) && existsSync(join(root, id, 'config.yaml')))
    .sort();
}
