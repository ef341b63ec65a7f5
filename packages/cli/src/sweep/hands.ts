import type { SlotView } from '@sparring/dashboard';
import type { Pace, RunState } from '@sparring/sweep';
import type { Book } from './book.js';
import type { SlotBoard } from './slot-board.js';
import { nameOf } from './sweep-words.js';

/** Who is at what, as the process that computes or follows a sweep knows. */
export interface Hands {
  pace(): Pace;
  /** What each slot is at; where others compute the sweep, what each of them is. */
  slots(): SlotView[];
  isRunning(state: RunState): boolean;
}

/** Those of a sweep that this process computes. */
export function handsOf(book: Book, board: SlotBoard): Hands {
  return {
    pace: () => board.pace(),
    slots: () =>
      board.slots.map((at, n) => ({
        run: at ? nameOf(book, at.state.run) : '',
        place: '',
        part: Math.round(1_000 * (at?.part ?? 0)) / 1_000,
        epoch: (at?.epoch ?? 0) + 1,
        seconds: Math.round(board.secondsAt(n)),
      })),
    isRunning: (state) => board.isRunning(state),
  };
}
