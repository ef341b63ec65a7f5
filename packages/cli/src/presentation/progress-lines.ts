import type { EpochRecord } from '@sparring/coordinator';
import { epochLine } from './epoch-line.js';
import type { Progress, ProgressOptions } from './progress.js';

/** One line per epoch, where nothing can be redrawn. */
export class ProgressLines implements Progress {
  readonly #options: ProgressOptions;

  constructor(options: ProgressOptions) {
    this.#options = options;
  }

  advance(): void {}

  endEpoch(record: EpochRecord): void {
    const { screen, epochs } = this.#options;
    screen.say(epochLine(record, epochs, screen.colors));
  }

  note(text: string): void {
    this.#options.screen.say(`  ${text}`);
  }

  end(): void {}
}
