import { setTimeout } from 'node:timers/promises';
import {
  Dashboard,
  mostSlots,
  RunsFolder,
  type SlotView,
  SweepShow,
  type SweepSource,
  type SweepStatus,
} from '@sparring/dashboard';
import type { HttpServer } from '@sparring/runtime';
import { sweepFolder } from '@sparring/sweep';
import { Interrupted } from '../presentation/interrupted.js';
import { invocation, shortPath } from '../presentation/invocation.js';
import type { Screen } from '../presentation/screen.js';
import type { Book } from '../sweep/book.js';
import type { SlotBoard } from '../sweep/slot-board.js';
import { nameOf } from '../sweep/sweep-words.js';
import type { PageOptions } from './page-options.js';

/** Time for pages that are open to ask for the last curves and runs. */
const lastLookMs = 1_500;

/** The page of the sweep that this process computes. */
export interface SweepPage {
  /** Nothing is left to compute. */
  conclude(): void;
  fail(error: unknown): void;
  /** Tells those who look at it that this was the last. */
  close(): Promise<void>;
}

/** Mounts it and says where it is. */
export function mountSweepPage(
  { book, board, screen }: { readonly book: Book; readonly board: SlotBoard; readonly screen: Screen },
  server: HttpServer | null,
  { page }: PageOptions,
): SweepPage {
  if (!page || server === null) return noPage;
  const { out, record, states } = book;
  let [status, note] = ['running' as SweepStatus, ''];
  const show = new SweepShow({
    ...{ out, record, states: () => states.values() },
    standing: () => ({
      ...{ status, note, reopen: reopenCommand(book) },
      ...{ slots: slotViews(book, board), numSlots: board.slots.length, etaSeconds: eta(board) },
      isRunning: (state) => board.isRunning(state),
    }),
  });
  const sweeps: SweepSource = {
    list: async () => {
      await show.refresh();
      return [show.row()];
    },
    find: async (id) => (id === show.id ? show : null),
  };
  // Of its runs one is opened at a time; all of them are listed on its own page.
  const runs = new RunsFolder(out, () => true);
  const dashboard = new Dashboard(runs, sweeps);
  const unmount = server.mount(dashboard.handle);
  screen.say(`Watch it: ${screen.colors.bold(server.url)}`);
  const end = (how: SweepStatus, why = '') => {
    [status, note] = [how, why];
    show.update({ whole: true });
  };
  return {
    conclude: () => end(book.count('waiting', 'claimed') > 0 ? 'stopped' : 'ended'),
    fail: (error) => {
      if (error instanceof Interrupted) end('stopped', error.message);
      else end('failed', error instanceof Error ? error.message : String(error));
    },
    close: async () => {
      if (dashboard.isWatched) await setTimeout(lastLookMs);
      await dashboard.close();
      unmount();
      await runs.close();
    },
  };
}

/** What to type to see a sweep's page again. */
export function reopenCommand({ out, record }: Pick<Book, 'out' | 'record'>): string {
  return `${invocation()} dashboard ${shortPath(sweepFolder(out, record.id))}`;
}

function slotViews(book: Book, board: SlotBoard): SlotView[] {
  return board.slots.slice(0, mostSlots).map((at, n) => ({
    run: at ? nameOf(book, at.state.run) : '',
    part: Math.round(1_000 * (at?.part ?? 0)) / 1_000,
    epoch: (at?.epoch ?? 0) + 1,
    seconds: Math.round(board.secondsAt(n)),
  }));
}

function eta(board: SlotBoard): number | null {
  const { etaSeconds } = board.pace();
  return etaSeconds === null ? null : Math.round(etaSeconds);
}

const noPage: SweepPage = { conclude: () => {}, fail: () => {}, close: async () => {} };
