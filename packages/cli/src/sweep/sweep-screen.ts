import type { EpochRecord } from '@sparring/coordinator';
import type { RunState } from '@sparring/sweep';
import { clock, duration, percent } from '../presentation/figures.js';
import type { Screen } from '../presentation/screen.js';
import type { Book } from './book.js';
import { ScreenFoot } from './screen-foot.js';
import type { SlotBoard } from './slot-board.js';
import type { SweepListener } from './sweep-runner.js';
import { nameOf } from './sweep-words.js';

const redrawMs = 200;

/** Shows a sweep as it goes: a line for each run that ends and, on a terminal, below them what each slot is at. */
export class SweepScreen implements SweepListener {
  readonly #screen: Screen;
  readonly #book: Book;
  readonly #board: SlotBoard;
  readonly #foot: ScreenFoot;
  #drawnAt = 0;

  /** @param board of the same slots; it is told by this screen */
  constructor(screen: Screen, book: Book, board: SlotBoard) {
    this.#screen = screen;
    this.#book = book;
    this.#board = board;
    this.#foot = new ScreenFoot(screen);
  }

  begun(slot: number, state: RunState): void {
    this.#board.begun(slot, state);
    this.#draw();
  }

  progress(slot: number, state: RunState, doneSteps: number, lastStep: number): void {
    this.#board.progress(slot, state, doneSteps, lastStep);
    if (performance.now() - this.#drawnAt >= redrawMs) this.#draw();
  }

  epoch(slot: number, state: RunState, record: EpochRecord): void {
    this.#board.epoch(slot, state, record);
  }

  ended(slot: number, state: RunState, error: string | null): void {
    const seconds = this.#board.secondsAt(slot);
    this.#board.ended(slot, state);
    const { red, yellow, dim } = this.#screen.colors;
    const name = nameOf(this.#book, state.run);
    if (error !== null) {
      const tries = state.status === 'failed' ? 'failed' : `threw, attempt ${state.attempts}, to be tried again`;
      this.note(red(`  ${name} ${tries}: ${error}`));
    } else if (state.status === 'pruned') {
      const { epoch, error: own, median } = state.pruned!;
      const why = `${percent(own)} at epoch ${epoch}, the median before it ${percent(median)}`;
      this.note(yellow(`  ${name} given up: ${why}`));
    } else if (state.status === 'done') {
      const { clean, fgsm, pgd } = state.result!;
      const errors = [['clean', clean] as const, ['FGSM', fgsm] as const, ['PGD', pgd] as const];
      const measured = errors.flatMap(([what, value]) => (value === null ? [] : [`${what} ${percent(value)}`]));
      this.note(`  ${name} done in ${duration(seconds)}: ${measured.join(', ')}  ${dim(this.#standing())}`);
    }
  }

  /** A remark, in its own line. */
  note(text: string): void {
    this.#foot.erase();
    this.#screen.say(text);
    this.#draw();
  }

  /** Leaves the terminal as a plain stream again. */
  end(): void {
    this.#foot.erase();
  }

  #standing(): string {
    const { states } = this.#book;
    const { busySlots: running, etaSeconds: eta } = this.#board.pace();
    const failed = this.#book.count('failed');
    return [
      `${this.#book.count('done')}/${states.size} done`,
      ...(running > 0 ? [`${running} running`] : []),
      ...(failed > 0 ? [`${failed} failed`] : []),
      ...(eta === null ? [] : [`ETA ${clock(eta)}`]),
    ].join(', ');
  }

  #draw(): void {
    const slots = this.#board.slots.map((at, n) => {
      if (!at) return `slot ${n + 1}  –`;
      const seconds = clock(this.#board.secondsAt(n));
      return `slot ${n + 1}  ${nameOf(this.#book, at.state.run)}  ${percent(at.part, 0)} after ${seconds}, epoch ${at.epoch + 1}`;
    });
    this.#foot.draw(slots, this.#standing());
    this.#drawnAt = performance.now();
  }
}
