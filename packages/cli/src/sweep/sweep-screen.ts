import type { EpochRecord } from '@sparring/coordinator';
import type { RunState } from '@sparring/sweep';
import { clock, duration, percent } from '../presentation/figures.js';
import type { Screen } from '../presentation/screen.js';
import type { Book } from './book.js';
import type { SweepListener } from './sweep-runner.js';
import { nameOf } from './sweep-words.js';

interface Slot {
  readonly state: RunState;
  readonly startedAt: number;
  /** Part of the present training that is done. */
  part: number;
  epoch: number;
}

const redrawMs = 200;

/** Shows a sweep as it goes: a line for each run that ends and, on a terminal, below them what each slot is at. */
export class SweepScreen implements SweepListener {
  readonly #screen: Screen;
  readonly #book: Book;
  readonly #slots: (Slot | null)[];
  /** Seconds that runs took here, from claim to end. */
  readonly #took: number[] = [];
  #drawn = 0;
  #drawnAt = 0;

  constructor(screen: Screen, book: Book, slots: number) {
    this.#screen = screen;
    this.#book = book;
    this.#slots = Array.from({ length: slots }, () => null);
  }

  begun(slot: number, state: RunState): void {
    this.#slots[slot] = { state, startedAt: performance.now(), part: 0, epoch: 0 };
    this.#draw();
  }

  progress(slot: number, _state: RunState, doneSteps: number, lastStep: number): void {
    const at = this.#slots[slot];
    if (at) at.part = doneSteps / lastStep;
    if (performance.now() - this.#drawnAt >= redrawMs) this.#draw();
  }

  epoch(slot: number, _state: RunState, { epoch }: EpochRecord): void {
    const at = this.#slots[slot];
    if (at) at.epoch = epoch;
  }

  ended(slot: number, state: RunState, error: string | null): void {
    const seconds = (performance.now() - this.#slots[slot]!.startedAt) / 1_000;
    this.#slots[slot] = null;
    if (state.status === 'done') this.#took.push(seconds);
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
    this.#erase();
    this.#screen.say(text);
    this.#draw();
  }

  /** Leaves the terminal as a plain stream again. */
  end(): void {
    this.#erase();
  }

  #standing(): string {
    const { states } = this.#book;
    const running = this.#slots.filter(Boolean).length;
    const failed = this.#book.count('failed');
    const eta = this.#eta();
    return [
      `${this.#book.count('done')}/${states.size} done`,
      ...(running > 0 ? [`${running} running`] : []),
      ...(failed > 0 ? [`${failed} failed`] : []),
      ...(eta === null ? [] : [`ETA ${clock(eta)}`]),
    ].join(', ');
  }

  /** Seconds; null before the first run is done, and after the last. */
  #eta(): number | null {
    const left = this.#book.count('waiting', 'claimed');
    if (this.#took.length === 0 || left === 0) return null;
    const each = this.#took.reduce((sum, seconds) => sum + seconds, 0) / this.#took.length;
    const underWay = this.#slots.reduce((sum, at) => {
      return at ? sum + Math.min(1, (performance.now() - at.startedAt) / 1_000 / each) : sum;
    }, 0);
    return (Math.max(0, left - underWay) * each) / Math.min(left, this.#slots.length);
  }

  #draw(): void {
    if (!this.#screen.isTerminal) return;
    this.#erase();
    const { dim } = this.#screen.colors;
    const lines = this.#slots.map((at, n) => {
      if (!at) return dim(`  slot ${n + 1}  –`);
      const seconds = clock((performance.now() - at.startedAt) / 1_000);
      return `  slot ${n + 1}  ${nameOf(this.#book, at.state.run)}  ${percent(at.part, 0)} after ${seconds}, epoch ${at.epoch + 1}`;
    });
    const width = this.#screen.stream.columns ?? 80;
    for (const line of [...lines, dim(`  ${this.#standing()}`)]) this.#screen.say(line.slice(0, width + 10));
    this.#drawn = lines.length + 1;
    this.#drawnAt = performance.now();
  }

  #erase(): void {
    if (this.#drawn > 0) this.#screen.stream.write(`\u001b[${this.#drawn}A\u001b[J`);
    this.#drawn = 0;
  }
}
