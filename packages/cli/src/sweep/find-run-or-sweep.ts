import { findRun, RunFolderError } from '@sparring/runtime';
import { findSweep, listSweeps, readRecord, type SweepRecord } from '@sparring/sweep';

export type Found =
  | { readonly kind: 'run'; readonly path: string }
  | { readonly kind: 'sweep'; readonly record: SweepRecord };

/**
 * What a name means: the sweep of exactly this id, a run by its folder, its id or the beginning of its id, or the sweep that begins so.
 * @throws RunFolderError where it is neither
 */
export async function findRunOrSweep(name: string, out: string): Promise<Found> {
  const ids = await listSweeps(out);
  const exact = ids.includes(name) ? await readRecord(out, name) : null;
  if (exact) return { kind: 'sweep', record: exact };
  try {
    return { kind: 'run', path: findRun(name, out) };
  } catch (error) {
    // A sweep's runs begin as its id does, but for what comes behind its name.
    if (!(error instanceof RunFolderError) || !ids.some((id) => id.startsWith(name))) throw error;
    return { kind: 'sweep', record: await findSweep(out, name) };
  }
}
