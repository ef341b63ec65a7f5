import type { Screen } from '../../presentation/screen.js';

/** What is being measured at the moment: a line that is redrawn where that can be done, else one line a mode. */
export class StatusLine {
  readonly #screen: Screen;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  begin(text: string): void {
    if (this.#screen.isTerminal) this.change(text);
    else this.#screen.say(this.#screen.colors.dim(`  ${text}`));
  }

  change(text: string): void {
    const { isTerminal, stream, colors } = this.#screen;
    if (isTerminal) stream.write(`\r\u001b[K${colors.dim(`  ${text}`)}`);
  }

  clear(): void {
    if (this.#screen.isTerminal) this.#screen.stream.write('\r\u001b[K');
  }
}
