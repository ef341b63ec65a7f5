/** What has happened somewhere, in order. Whoever waits for more of it is told when it happens. */
export class Chronicle<Happening> {
  readonly all: Happening[] = [];
  readonly #waiting = new Set<() => void>();

  add(happening: Happening): void {
    this.all.push(happening);
    for (const look of this.#waiting) look();
  }

  /**
   * The first that matches, of those from the `from`-th on.
   * @throws when it has not come in time, with what came last
   */
  async until(
    what: string,
    matches: (happening: Happening) => boolean,
    { from = 0, withinMs = 60_000 }: { readonly from?: number; readonly withinMs?: number } = {},
  ): Promise<Happening> {
    let next = from;
    return new Promise((resolve, reject) => {
      const look = () => {
        for (; next < this.all.length; next++) {
          const happening = this.all[next]!;
          if (!matches(happening)) continue;
          leave();
          return resolve(happening);
        }
      };
      const leave = () => {
        clearTimeout(timer);
        this.#waiting.delete(look);
      };
      const timer = setTimeout(() => {
        leave();
        const last = this.all.slice(-5).map((happening) => `\n  ${JSON.stringify(happening)}`);
        reject(new Error(`${what}: not within ${withinMs} ms; what came last:${last.join('') || ' nothing'}`));
      }, withinMs);
      this.#waiting.add(look);
      look();
    });
  }
}
