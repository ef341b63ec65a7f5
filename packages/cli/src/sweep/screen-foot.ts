import type { Screen } from '../presentation/screen.js';

const [usualRows, usualColumns] = [24, 80];
/** Of what is under way, however high the terminal is. */
const mostShown = 16;
/** Where the cursor rests, what is said of those left out, the standing, and one more to see what was said last. */
const otherRows = 4;

/** The lines at the foot of a terminal that are drawn anew as a sweep goes. */
export class ScreenFoot {
  readonly #screen: Screen;
  #drawn = 0;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  /** No more lines than the terminal has, and none that it would wrap: what has left it upwards could not be erased. */
  draw(underWay: readonly string[], standing: string): void {
    this.erase();
    if (!this.#screen.isTerminal) return;
    const { rows = usualRows, columns = usualColumns } = this.#screen.stream;
    const { dim } = this.#screen.colors;
    const room = Math.max(1, Math.min(mostShown, rows - otherRows));
    const more = underWay.length - room;
    const faint = [...(more > 0 ? [`… and ${more} more`] : []), standing];
    const cut = (line: string) => `  ${line}`.slice(0, columns);
    const lines = [...underWay.slice(0, room).map(cut), ...faint.map((line) => dim(cut(line)))];
    for (const line of lines) this.#screen.say(line);
    this.#drawn = lines.length;
  }

  /** Leaves the terminal as a plain stream again. */
  erase(): void {
    if (this.#drawn > 0) this.#screen.stream.write(`\u001b[${this.#drawn}A\u001b[J`);
    this.#drawn = 0;
  }
}
