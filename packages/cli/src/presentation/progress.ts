import type { EpochRecord, TrainingEvent } from '@sparring/coordinator';
import { epochLine } from './epoch-line.js';
import { ProgressBar } from './progress-bar.js';
import type { Screen } from './screen.js';

type ProgressEvent = Extract<TrainingEvent, { kind: 'progress' }>;

/** Shows a training as it goes. */
export interface Progress {
  advance(event: ProgressEvent): void;
  endEpoch(record: EpochRecord): void;
  /** A remark, in its own line. */
  note(text: string): void;
  /** Leaves the terminal as a plain stream again. */
  end(): void;
}

export interface ProgressOptions {
  readonly screen: Screen;
  readonly epochs: number;
}

/** A bar that is redrawn on a terminal, one line per epoch elsewhere. */
export function openProgress(options: ProgressOptions): Progress {
  return options.screen.isTerminal ? new ProgressBar(options) : new ProgressLines(options);
}

class ProgressLines implements Progress {
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
