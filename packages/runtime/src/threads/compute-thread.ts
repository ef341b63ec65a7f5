import { Piscina } from 'piscina';
import { ThreadLost } from './thread-lost.js';

/**
 * One thread that computes, with its own engine sessions. Calls run one at a time, in order; each calls a function that the
 * thread's module exports. Engines block the thread they run on, so no role computes on the main one.
 */
export class ComputeThread {
  readonly #pool: Piscina;
  readonly #thread: Piscina['threads'][number];
  readonly #calls = new Set<Promise<unknown>>();
  #destroyed: Promise<void> | undefined;

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
   * Calls an exported function of the thread's module.
   * @throws what the function throws; ThreadLost when the thread ended during the call or before.
   */
  async call<Result>(name: string, argument: unknown): Promise<Result> {
    this.#requireThread();
    const call = this.#pool.run(argument, { name });
    this.#calls.add(call);
    try {
      return await call;
    } catch (error) {
      this.#requireThread();
      throw error;
    } finally {
      this.#calls.delete(call);
    }
  }

  /** Waits for the calls that are under way, `graceMs` at most: has the thread ended them all, and is it still the one that was opened? */
  async settled(graceMs = 10_000): Promise<boolean> {
    if (this.#calls.size > 0) await settledWithin(graceMs, [...this.#calls]);
    return this.#calls.size === 0 && !this.#destroyed && this.#pool.threads.includes(this.#thread);
  }

  /**
   * Ends the thread once the call that it is at has ended, and after `graceMs` at the latest; a call that has not ended by then fails
   * with ThreadLost. There is a grace because ONNX Runtime may abort the whole process when its thread is ended under it.
   */
  destroy(graceMs = 10_000): Promise<void> {
    // Once only: destroyed a second time, a pool that is going down starts another thread and forgets it.
    this.#destroyed ??= this.#end(graceMs);
    return this.#destroyed;
  }

  async #end(graceMs: number): Promise<void> {
    if (this.#calls.size > 0) await settledWithin(graceMs, [...this.#calls]);
    await this.#pool.destroy();
  }

  /** The pool puts another thread in the place of one that ended: nobody has opened it, so it is of no use. */
  #requireThread(): void {
    if (this.#destroyed || !this.#pool.threads.includes(this.#thread)) throw new ThreadLost('the compute thread ended');
  }
}

async function settledWithin(ms: number, calls: readonly Promise<unknown>[]): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([Promise.allSettled(calls), over]);
  clearTimeout(timer);
}
