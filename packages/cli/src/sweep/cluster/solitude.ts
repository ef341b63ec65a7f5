/**
 * Who is at work in a process that computes several runs at once. A run under which its process died again and again is computed alone: else
 * those beside it would die with it each time, and be taken for killers too.
 */
export class Solitude {
  #present = 0;
  #isTaken = false;
  #asked = new AbortController();
  #waiting: (() => void)[] = [];

  /** Aborted when a run is to be alone: the others are to be given back. */
  get asked(): AbortSignal {
    return this.#asked.signal;
  }

  /** Resolves when nobody is alone, or the signal is aborted. What is returned is called by whoever goes, once or more often. */
  async enter(signal: AbortSignal): Promise<() => void> {
    const abort = () => this.#change();
    signal.addEventListener('abort', abort);
    while (this.#isTaken && !signal.aborted) await this.#changed();
    signal.removeEventListener('abort', abort);
    this.#present++;
    return this.#once(() => {
      this.#present--;
    });
  }

  /** Asks all others to go, and resolves when they have. Until what is returned is called nobody enters. */
  async enterAlone(): Promise<() => void> {
    while (this.#isTaken) await this.#changed();
    this.#isTaken = true;
    this.#asked.abort();
    while (this.#present > 0) await this.#changed();
    return this.#once(() => {
      this.#isTaken = false;
      this.#asked = new AbortController();
    });
  }

  #once(leave: () => void): () => void {
    let isGone = false;
    return () => {
      if (isGone) return;
      isGone = true;
      leave();
      this.#change();
    };
  }

  #changed(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #change(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
