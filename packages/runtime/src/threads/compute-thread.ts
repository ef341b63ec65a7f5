import { Piscina } from 'piscina';
import { ThreadLost } from './thread-lost.js';

/**
 * One thread that computes, with its own engine sessions. Calls run one at a time, in order; each calls a function that the
 * thread's module exports. Engines block the thread they run on, so no role computes on the main one.
 */
export class ComputeThread {
  readonly #pool: Piscina;

  /** @param module The built module that the thread loads; it exports the functions to call. */
  constructor(module: URL) {
    this.#pool = new Piscina({
      filename: module.href,
      minThreads: 1,
      maxThreads: 1,
      idleTimeout: Number.POSITIVE_INFINITY,
    });
  }

  /**
   * Calls an exported function of the thread's module. What `transfer` lists is moved, not copied.
   * @throws what the function throws; ThreadLost when the thread ended during the call.
   */
  async call<Result>(name: string, argument: unknown, transfer: readonly ArrayBuffer[] = []): Promise<Result> {
    const thread = this.#pool.threads[0];
    let ended: (() => void) | undefined;
    const lost = new Promise<never>((_, reject) => {
      ended = () => reject(new ThreadLost('the compute thread ended'));
      thread?.once('exit', ended);
    });
    try {
      return await Promise.race([this.#pool.run(argument, { name, transferList: [...transfer] }), lost]);
    } finally {
      if (ended) thread?.off('exit', ended);
    }
  }

  /** Ends the thread at once, also in the middle of a call, which then fails with ThreadLost. */
  async destroy(): Promise<void> {
    await this.#pool.destroy();
  }
}
