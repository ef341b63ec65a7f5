/** What makes measuring pointless: the user's Ctrl-C, or a worker that cannot go on. The first is the one that counts. */
export class Trouble {
  readonly #controller = new AbortController();

  /** Aborted when it is there; the trouble is the reason. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  report(error: Error): void {
    this.#controller.abort(error);
  }

  /** Waits for a promise, no longer than until there is trouble. @throws the trouble */
  async unless<Value>(promise: Promise<Value>): Promise<Value> {
    promise.catch(() => {}); // whichever comes second concerns nobody
    const { signal } = this;
    signal.throwIfAborted();
    let onAbort = () => {};
    const trouble = new Promise<never>((_, reject) => {
      onAbort = () => reject(signal.reason);
    });
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await Promise.race([promise, trouble]);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }
}
