import type { SweepRun } from '../expansion/expand.js';
import { apply } from '../schedule/run-states.js';
import type { KnownSweep, KnownSweeps } from './known-sweeps.js';
import { lateVerdicts } from './late-verdicts.js';
import { type Claim, freshEntry, type RunEntry, stateOf, withoutCheckpoint, withState } from './run-entry.js';
import { keys, stopsOf } from './sweep-store.js';

/** Written at a time. */
const atOnce = 64;

/** Failed runs get new attempts. */
export async function retryFailed(known: KnownSweeps, sweep: KnownSweep): Promise<void> {
  const failed = known.states(sweep).filter(({ status }) => status === 'failed');
  await inTurn(failed, ({ run }) => tell(known, sweep, run, { kind: 'retried' }));
}

/** Gives up whom the median rule gives up by now: whoever computes it sees it, and stops. */
export async function giveUp(known: KnownSweeps, sweep: KnownSweep): Promise<void> {
  const verdicts = lateVerdicts(sweep, known);
  await inTurn(verdicts, ([{ run }, verdict]) => tell(known, sweep, run, { kind: 'pruned', ...verdict }));
}

/** Of a sweep that was stopped a while ago: whoever holds a run of it from before is dead, and whoever else wants the run waits for it. */
export async function releaseHeld(known: KnownSweeps, { record, header, runs }: KnownSweep): Promise<void> {
  const isOld = (claim: Claim | null | undefined) => claim?.sweep === record.id && stopsOf(claim) < stopsOf(header);
  const held = runs.filter(({ identity }) => isOld(known.entry(identity)?.claim));
  await inTurn(held, ({ identity }) =>
    known.store.changeRun(identity, (entry) => (entry && isOld(entry.claim) ? { ...entry, claim: null } : null)),
  );
}

/** Deletes all that is kept of runs that no sweep has any more. */
export function forgetRuns(known: KnownSweeps, identities: readonly string[]): Promise<void> {
  return inTurn(identities, async (identity) => {
    // A sweep that was submitted meanwhile may have it.
    if (known.having(identity).length > 0) return;
    const { durable } = known.store;
    const files = Object.values(known.entry(identity)?.files ?? {});
    for (const object of [...files, keys.resultFiles(identity)]) await durable.deleteObject(object);
    for (const key of [keys.curve(identity), keys.run(identity), keys.result(identity)]) await durable.delete(key);
  });
}

type Told =
  | { readonly kind: 'retried' }
  | { readonly kind: 'pruned'; readonly epoch: number; readonly error: number; readonly median: number };

async function tell({ store }: KnownSweeps, { record }: KnownSweep, run: SweepRun, event: Told): Promise<void> {
  const { identity } = run;
  const done = await store.result(identity);
  let dropped: RunEntry['files'] = {};
  await store.changeRun(identity, (entry = freshEntry) => {
    dropped = {};
    const state = stateOf(run, record.id, entry, done?.value);
    const { status } = state;
    if (event.kind === 'retried' ? status !== 'failed' : status === 'pruned') return null;
    const at = new Date().toISOString();
    apply(new Map([[identity, state]]), [{ ...event, sweep: record.id, identity, at }], record);
    const next = withState(entry, record.id, state);
    // Whoever is at it drops its checkpoint himself.
    if (event.kind === 'retried' || entry.claim) return next;
    dropped = entry.files;
    return withoutCheckpoint(next);
  });
  for (const object of Object.values(dropped)) await store.durable.deleteObject(object);
}

async function inTurn<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  for (let from = 0; from < items.length; from += atOnce) await Promise.all(items.slice(from, from + atOnce).map(work));
}
