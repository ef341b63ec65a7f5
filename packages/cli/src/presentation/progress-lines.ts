import type { EpochRecord, ProbeEvent } from '@sparring/coordinator';
import { collapseLine } from './collapse-line.js';
import { epochLine } from './epoch-line.js';
import type { Progress, ProgressOptions } from './progress.js';

/** One line per epoch, where nothing can be redrawn. */
export class ProgressLines implements Progress {
  readonly #options: ProgressOptions;
  #collapsed = false;

  constructor(options: ProgressOptions) {
    this.#options = options;
  }

  advance(): void {}

  endEpoch(record: EpochRecord): void {
    const { screen, epochs } = this.#options;
    screen.say(epochLine(record, epochs, screen.colors));
  }

  probed(event: ProbeEvent): void {
    const { screen } = this.#options;
    if (event.collapsed && !this.#collapsed) screen.say(collapseLine(event, screen.colors));
    this.#collapsed = event.collapsed && event.action === 'warn';
  }

  note(text: string): void {
    this.#options.screen.say(`  ${text}`);
  }

  end(): void {}
}
