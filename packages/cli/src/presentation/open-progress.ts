import type { Progress, ProgressOptions } from './progress.js';
import { ProgressBar } from './progress-bar.js';
import { ProgressLines } from './progress-lines.js';

/** A bar that is redrawn on a terminal, one line per epoch elsewhere. */
export function openProgress(options: ProgressOptions): Progress {
  return options.screen.isTerminal ? new ProgressBar(options) : new ProgressLines(options);
}
