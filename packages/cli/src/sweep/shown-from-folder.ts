import { SweepShow, type SweepStanding } from '@sparring/dashboard';
import type { RunState } from '@sparring/sweep';
import { reopenCommand } from '../page/sweep-page.js';
import type { Book } from './book.js';
import { type Standing, standingOf } from './sweep-standing.js';
import { command } from './sweep-words.js';

const lookEveryMs = 1_000;

/** A sweep as its folder has it: finished, stopped, or computed by another process at this moment. */
export async function shownFromFolder(book: Book): Promise<SweepShow> {
  let standing = await standingOf(book);
  let lookedAt = performance.now();
  const settled = () => book.count('done', 'failed', 'pruned');
  const first = { at: performance.now(), settled: settled() };
  return new SweepShow({
    ...{ out: book.out, record: book.record, states: () => book.states.values() },
    look: async () => {
      if (performance.now() - lookedAt < lookEveryMs) return;
      lookedAt = performance.now();
      await book.tell();
      standing = await standingOf(book);
    },
    standing: () => ({
      ...{ status: standing.status, note: noteOf(book, standing), reopen: reopenCommand(book) },
      ...{ slots: [], numSlots: 0, isRunning: runningIn(standing) },
      etaSeconds: standing.status === 'running' ? etaSince(first, settled(), book.count('waiting', 'claimed')) : null,
    }),
  });
}

/** A claim that nothing has followed is under way, as long as somebody computes the sweep. */
function runningIn({ status }: Standing): SweepStanding['isRunning'] {
  return ({ status: ofRun, open }: RunState) => status === 'running' && ofRun === 'claimed' && open;
}

/** Seconds, by what was settled since it was first looked at; null before anything was. */
function etaSince(first: { at: number; settled: number }, settled: number, left: number): number | null {
  const more = settled - first.settled;
  if (more <= 0 || left === 0) return null;
  return Math.round(((performance.now() - first.at) / 1_000 / more) * left);
}

function noteOf(book: Book, { status }: Standing): string {
  if (status === 'running' || status === 'ended') return '';
  return `To go on with it: ${command(book, 'resume')}`;
}
