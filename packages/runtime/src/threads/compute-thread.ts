import { Piscina } from 'piscina';
import { ThreadLost } from './thread-lost.js';

/**
 * One thread that computes, with its own engine sessions. Calls run one at a time, in order; each calls a function that the
 * thread's module exports. Engines block the thread they run on, so no role computes on the main one.
 */
export class ComputeThread {
  readonly #pool: Piscina;
  readonly #thread: Piscina['threads'][number];
  #destroyed = false;

  /** @param module The built module that the thread loads; it exports the functions to call. */
  constructor(module: URL) {
    this.#pool = new Piscina({
      filename: module.href,
      minThreads: 1,
      maxThreads: 1,
      idleTimeout: Number.POSITIVE_INFINITY,
    });
    this.#thread = this.#pool.threads[0]!;
    // A thread that fails between two calls is found lost by the next.
    this.#pool.on('error', () => {});
  }

  /**
   * Calls an exported function of the thread's module. What `transfer` lists is moved, not copied.
   * @throws what the function throws; ThreadLost when the thread ended during the call or before.
   */
  async call<Result>(name: string, argument: unknown, transfer: readonly ArrayBuffer[] = []): Promise<Result> {
    this.#requireThread();
    try {
      return await this.#pool.run(argument, { name, transferList: [...transfer] });
    } catch (error) {
      this.#requireThread();
      throw error;
    }
  }

  /** Ends the thread at once, also in the middle of a call, which then fails with ThreadLost. */
  async destroy(): Promise<void> {
    this.#destroyed = true;
    await this.#pool.destroy();
  }

  /** The pool puts another thread in the place of one that ended: nobody has opened it, so it is of no use. */
  #requireThread(): void {
    if (this.#destroyed || !this.#pool.threads.includes(this.#thread)) throw new ThreadLost('the compute thread ended');
  }
}
