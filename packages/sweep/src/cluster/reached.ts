/** How far something has come that only grows, and those who wait until it has come so far. */
export class Reached {
  #revision = 0;
  #waiting: { readonly revision: number; readonly resolve: () => void }[] = [];

  get revision(): number {
    return this.#revision;
  }

  reach(revision: number): void {
    this.#revision = revision;
    const isReached = (waiting: { readonly revision: number }) => waiting.revision <= revision;
    for (const { resolve } of this.#waiting.filter(isReached)) resolve();
    this.#waiting = this.#waiting.filter((waiting) => !isReached(waiting));
  }

  async until(revision: number): Promise<void> {
    if (this.#revision < revision) await new Promise<void>((resolve) => this.#waiting.push({ revision, resolve }));
  }
}
