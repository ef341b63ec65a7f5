import type { EpochRecord, TrainingEvent } from '@sparring/coordinator';
import { type Options, SingleBar } from 'cli-progress';
import { epochLine, validationErrors } from './epoch-line.js';
import { duration, rate } from './figures.js';
import type { Progress, ProgressOptions } from './progress.js';

type ProgressEvent = Extract<TrainingEvent, { kind: 'progress' }>;

/** A bar under the lines of the epochs that are done. */
export class ProgressBar implements Progress {
  readonly #options: ProgressOptions;
  readonly #bar: SingleBar;
  #started: { readonly step: number; readonly at: number } | undefined;
  #text = '';
  #errors: readonly string[] = [];

  constructor(options: ProgressOptions) {
    this.#options = options;
    const format = (bar: Options, { progress }: { progress: number }) => this.#draw(bar, progress);
    this.#bar = new SingleBar({
      format,
      stream: options.screen.stream,
      barsize: 20,
      barCompleteString: '━'.repeat(20),
      barIncompleteString: '┈'.repeat(20),
      hideCursor: true,
      clearOnComplete: true,
      linewrap: false,
      // Else cli-progress ends the process itself at Ctrl-C, before a checkpoint is written.
      gracefulExit: false,
      fps: 10,
    });
  }

  advance(event: ProgressEvent): void {
    if (!this.#started) {
      this.#started = { step: event.step, at: performance.now() };
      this.#bar.start(event.lastStep, event.step);
    }
    this.#text = [
      `epoch ${event.epoch}/${event.epochs}`,
      `loss ${event.loss.toFixed(3)}`,
      ...this.#errors,
      rate(event.examplesPerSecond),
      this.#remaining(event),
    ].join(' · ');
    this.#bar.update(event.step);
  }

  endEpoch(record: EpochRecord): void {
    const { screen, epochs } = this.#options;
    this.#errors = validationErrors(record).map((text) => text.replace(/ +/g, ' '));
    this.#aboveBar(epochLine(record, epochs, screen.colors));
  }

  note(text: string): void {
    this.#aboveBar(`  ${this.#options.screen.colors.dim(text)}`);
  }

  end(): void {
    this.#bar.stop();
    this.#started = undefined;
  }

  #draw({ barCompleteString, barIncompleteString, barsize = 20 }: Options, progress: number): string {
    const { colors } = this.#options.screen;
    const done = Math.round(progress * barsize);
    const bar = barCompleteString!.slice(0, done) + colors.dim(barIncompleteString!.slice(done));
    return `  ${bar} ${this.#text}`;
  }

  #aboveBar(line: string): void {
    const { stream } = this.#options.screen;
    // To the line's beginning, and clear it: the bar is drawn again below.
    if (this.#started) stream.write('\r\u001b[2K');
    stream.write(`${line}\n`);
  }

  /** By the wall clock, so that evaluations between epochs count too. */
  #remaining({ step, lastStep }: ProgressEvent): string {
    const { step: first, at } = this.#started!;
    if (step === first) return '';
    const secondsPerStep = (performance.now() - at) / 1_000 / (step - first);
    return `${duration(secondsPerStep * (lastStep - step))} left`;
  }
}
