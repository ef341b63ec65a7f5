import type { WorkerBeat } from '@sparring/protocol';
import type { KnownSweep, KnownSweeps } from './known-sweeps.js';
import type { ListedSweep, ToldSweep } from './told-sweep.js';

/** What a cluster's sweeps are, in a line each. */
export function listKnown(known: KnownSweeps): ListedSweep[] {
  return known.all().map((sweep) => {
    const counts = { waiting: 0, claimed: 0, done: 0, failed: 0, pruned: 0 };
    let running = 0;
    for (const { status, open } of known.states(sweep)) {
      counts[status]++;
      if (open && status === 'claimed') running++;
    }
    const { header, record, runs } = sweep;
    return { sweep: record.id, wish: header.wish, runs: runs.length, counts, running };
  });
}

/** The sweep of this id, or the only one that begins so. */
export function findKnown(known: KnownSweeps, beginning: string): KnownSweep | null {
  const exact = known.get(beginning);
  if (exact) return exact;
  const begun = known.all().filter(({ record }) => record.id.startsWith(beginning));
  return begun.length === 1 ? begun[0]! : null;
}

/** What has changed of a sweep since a revision; for 0, all. */
export function tellKnown(
  known: KnownSweeps,
  sweep: KnownSweep,
  after: number,
  workers: readonly Pick<WorkerBeat, 'host' | 'pid' | 'hindrances'>[],
): ToldSweep {
  let revision = sweep.revision;
  const runs = sweep.runs.flatMap(({ identity, number }) => {
    const written = known.revisionOf(identity);
    revision = Math.max(revision, written);
    if (written <= after) return [];
    const { run: _, folder: __, ...state } = known.state(sweep, number);
    const entry = known.entry(identity);
    const process = state.open ? (entry?.claim?.process ?? null) : null;
    return [{ ...state, number, process, step: entry?.step ?? 0 }];
  });
  const { header, record } = sweep;
  const hindrances = workers.flatMap(({ host, pid, hindrances: { [record.id]: reason } }) =>
    reason === undefined ? [] : [`process ${pid} on ${host}: ${reason}`],
  );
  return {
    ...{ id: record.id, wish: header.wish, revision, record: after === 0 ? record : null, runs },
    // A process has several trainers.
    hindrances: [...new Set(hindrances)],
  };
}
