/** When each worker was last heard. Time is passed in, in milliseconds of any steady clock. */
export class Liveness {
  readonly #silenceMs: number;
  readonly #heardAt = new Map<string, number>();

  /** @param silenceMs A worker that was silent for so long is dead. */
  constructor(silenceMs: number) {
    this.#silenceMs = silenceMs;
  }

  heard(workerId: string, now: number): void {
    this.#heardAt.set(workerId, now);
  }

  knows(workerId: string): boolean {
    return this.#heardAt.has(workerId);
  }

  forget(workerId: string): void {
    this.#heardAt.delete(workerId);
  }

  /** Nobody could be heard until now: the silence so far says nothing. */
  excuse(now: number): void {
    for (const workerId of this.#heardAt.keys()) this.#heardAt.set(workerId, now);
  }

  /** Forgets and returns those who were silent for too long. */
  takeSilent(now: number): string[] {
    const silent = [...this.#heardAt].filter(([, at]) => now - at > this.#silenceMs).map(([workerId]) => workerId);
    for (const workerId of silent) this.#heardAt.delete(workerId);
    return silent;
  }
}
