/** What makes measuring pointless: the user's Ctrl-C, or a worker that cannot go on. The first is the one that counts. */
export class Trouble {
  readonly #met: Promise<never>;
  #meet: (error: Error) => void = () => {};

  constructor() {
    this.#met = new Promise((_, reject) => {
      this.#meet = reject;
    });
    this.#met.catch(() => {});
  }

  report(error: Error): void {
    this.#meet(error);
  }

  /** Waits for a promise, no longer than until there is trouble. @throws the trouble */
  unless<Value>(promise: Promise<Value>): Promise<Value> {
    promise.catch(() => {}); // whichever comes second concerns nobody
    return Promise.race([promise, this.#met]);
  }
}
