import { SweepMetrics } from '@sparring/sweep';
import { Endpoint } from '../endpoint/endpoint.js';
import type { PageOptions } from '../page/page-options.js';
import { mountSweepPage, reopenCommand } from '../page/sweep-page.js';
import type { Screen } from '../presentation/screen.js';
import type { Book } from './book.js';
import { SlotBoard } from './slot-board.js';

/** What others see of a sweep that this process computes. */
export interface Watched {
  /** What the slots are at, to be told. */
  readonly board: SlotBoard;
  /** The sweep has come to its end: says how to see it again. */
  conclude(): void;
  fail(error: unknown): void;
  close(): Promise<void>;
}

/** Opens metrics and page, and says where they are. */
export async function watchSweep(book: Book, slots: number, screen: Screen, options: PageOptions): Promise<Watched> {
  const { record, states } = book;
  const board = new SlotBoard(slots, () => book.count('waiting', 'claimed'));
  const endpoint = await Endpoint.open('sweep', options, (words) => screen.say(words));
  endpoint.readiness = () => ({ ready: true, state: 'sweeping', sweep: record.id });
  const metrics = new SweepMetrics(
    endpoint.metrics,
    record,
    () => states.values(),
    () => board.pace(),
  );
  if (endpoint.url !== null) screen.say(`Metrics: ${endpoint.url}`);
  const page = mountSweepPage({ book, board, screen }, endpoint.server, options);
  if (endpoint.url !== null) screen.say();
  return {
    board,
    conclude: () => {
      page.conclude();
      screen.say();
      screen.say('To see its page again:');
      screen.say(`  ${reopenCommand(book)}`);
    },
    fail: (error) => page.fail(error),
    close: async () => {
      metrics.end();
      await page.close();
      await endpoint.close();
    },
  };
}
