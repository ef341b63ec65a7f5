import { setTimeout as delay } from 'node:timers/promises';
import type { Logger, Pulled } from '@sparring/runtime';
import { type HeldRun, keys, type SweepRun, type SweepStore } from '@sparring/sweep';
import { resultOf } from '../result-of.js';
import { endingOf } from '../run-ending.js';
import type { Computed } from './computed-run.js';
import { packFiles } from './run-files.js';

export interface Concluding {
  readonly store: SweepStore;
  readonly run: SweepRun;
  readonly held: HeldRun;
  readonly pulled: Pulled;
  readonly log: Logger;
  /** As `ComputedRunParts` has them. */
  readonly onRoom: (hasRoom: boolean) => void;
  readonly leave: AbortSignal;
}

/** How often a full store is asked whether it has room for a result. */
const roomEveryMs = 2_000;
/** Before a run comes again: one that threw; one that this machine could not compute. */
const backAfterMs = { threw: 500, fault: 20_000 };

/** Says in the store what became of a held run, and then to the queue. Returns false where it is this machine that cannot compute. */
export async function concludeHeld(
  computed: Computed,
  { store, run, held, pulled, log, onRoom, leave }: Concluding,
): Promise<boolean> {
  switch (computed.kind) {
    case 'done': {
      const { summary, folder } = computed;
      if (!(await storeFiles(folder)))
        return giveBack('the run is given back, though it is done: the store has no room for its result');
      const isFirst = await held.commit(resultOf(summary));
      const parameters = summary.parametersDigest.slice(0, 16);
      if (isFirst) log.info({ parameters }, 'a run is done');
      else log.warn({ parameters }, 'the run had a result already: this one is dropped');
      pulled.takeOut();
      return true;
    }
    case 'lost':
      log.warn('another process has taken the run over');
      return true;
    case 'pruned':
    case 'stopped':
      await held.release({ kind: 'interrupted' });
      pulled.takeOut();
      return true;
    case 'left':
      return giveBack('the run is given back');
    case 'threw': {
      const { error } = computed;
      const ending = endingOf(error, undefined);
      if (ending?.kind !== 'threw') {
        await held.release({ kind: 'interrupted' });
        log.error({ error }, 'this machine cannot compute the run');
        pulled.giveBack(backAfterMs.fault);
        return false;
      }
      const { status, attempts } = await held.release(ending);
      log.error({ attempts, error }, status === 'failed' ? 'the run has failed' : 'the run threw');
      if (status === 'failed') pulled.takeOut();
      else pulled.giveBack(backAfterMs.threw);
      return true;
    }
  }

  /** Waits for room while the run is to go on. Returns whether they are there. */
  async function storeFiles(path: string): Promise<boolean> {
    const files = await packFiles(path);
    for (let isWaiting = false; ; isWaiting = true) {
      const hasRoom = await store.durable.putObjectIfRoom(keys.resultFiles(run.identity), files);
      onRoom(hasRoom);
      if (hasRoom) return true;
      if (leave.aborted || (await held.look()) !== 'held') return false;
      if (!isWaiting) log.warn('the run is done, and waits for room in the store');
      await delay(roomEveryMs, undefined, { signal: leave }).catch(() => {});
    }
  }

  async function giveBack(words: string): Promise<true> {
    await held.release({ kind: 'interrupted' });
    log.info({ checkpoint: held.step }, words);
    pulled.giveBack();
    return true;
  }
}
