import type { EpochRecord, ProbeEvent, TrainingEvent } from '@sparring/coordinator';
import { SingleBar } from 'cli-progress';
import { collapseLine } from './collapse-line.js';
import { epochLine, validationErrors } from './epoch-line.js';
import { clock, count } from './figures.js';
import type { Progress, ProgressOptions } from './progress.js';

type ProgressEvent = Extract<TrainingEvent, { kind: 'progress' }>;

const [shortestBar, longestBar] = [8, 24];

/** A bar under the lines of the epochs that are done. */
export class ProgressBar implements Progress {
  readonly #options: ProgressOptions;
  readonly #bar: SingleBar;
  #started: { readonly step: number; readonly at: number } | undefined;
  #drawn = false;
  #collapsed = false;
  #text = '';
  #errors: readonly string[] = [];

  constructor(options: ProgressOptions) {
    this.#options = options;
    this.#bar = new SingleBar({
      format: (_, { progress }) => this.#draw(progress),
      stream: options.screen.stream,
      clearOnComplete: true,
      linewrap: false,
      // Else cli-progress ends the process itself at Ctrl-C, before a checkpoint is written.
      gracefulExit: false,
      fps: 10,
    });
  }

  advance(event: ProgressEvent): void {
    this.#started ??= { step: event.step, at: performance.now() };
    this.#text = [
      `epoch ${event.epoch}/${event.epochs}`,
      `loss ${event.loss.toFixed(3)}`,
      ...this.#errors,
      `${count(event.examplesPerSecond)} ex/s`,
      ...this.#remaining(event),
    ].join(' · ');
    if (this.#drawn) this.#bar.update(event.step);
    else this.#show(event);
  }

  endEpoch(record: EpochRecord): void {
    const { screen, epochs } = this.#options;
    this.#errors = validationErrors(record).map((text) => text.replace(/ +/g, ' '));
    this.#aboveBar(epochLine(record, epochs, screen.colors));
  }

  probed(event: ProbeEvent): void {
    if (event.collapsed && !this.#collapsed) this.#aboveBar(collapseLine(event, this.#options.screen.colors));
    this.#collapsed = event.collapsed && event.action === 'warn';
  }

  note(text: string): void {
    this.#aboveBar(`  ${this.#options.screen.colors.dim(text)}`);
  }

  end(): void {
    this.#hide();
    this.#started = undefined;
  }

  #draw(progress: number): string {
    const { colors, stream } = this.#options.screen;
    const room = (stream.columns ?? 80) - this.#text.length - 4;
    const width = Math.min(longestBar, Math.max(shortestBar, room));
    const done = Math.round(progress * width);
    return `  ${'━'.repeat(done)}${colors.dim('┈'.repeat(width - done))} ${this.#text}`;
  }

  /** The bar belongs below: it goes, and comes back with the next step. */
  #aboveBar(line: string): void {
    this.#hide();
    this.#options.screen.say(line);
  }

  #show({ step, lastStep }: ProgressEvent): void {
    this.#drawn = true;
    // An abrupt end must not leave the terminal without line wrapping.
    process.once('exit', this.#hide);
    this.#bar.start(lastStep, step);
  }

  readonly #hide = (): void => {
    if (!this.#drawn) return;
    this.#drawn = false;
    process.off('exit', this.#hide);
    this.#bar.stop();
  };

  /** By the wall clock, so that evaluations between epochs count too. */
  #remaining({ step, lastStep }: ProgressEvent): string[] {
    const { step: first, at } = this.#started!;
    if (step === first) return [];
    const secondsPerStep = (performance.now() - at) / 1_000 / (step - first);
    return [`${clock(secondsPerStep * (lastStep - step))} left`];
  }
}
