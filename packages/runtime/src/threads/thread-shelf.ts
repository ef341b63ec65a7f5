import { ComputeThread } from './compute-thread.js';

/**
 * Compute threads between two runs: one that a run gave back is taken by the next that asks for the same module, with whatever the module
 * kept. To start a thread and to compile in it takes seconds, which small nets are trained in.
 */
export class ThreadShelf {
  readonly #idle = new Map<string, ComputeThread[]>();
  #closed = false;

  /** A thread that nobody else has, new where none is idle. */
  take(module: URL): ComputeThread {
    return this.#idle.get(module.href)?.pop() ?? new ComputeThread(module);
  }

  /** Takes a thread back once its last call has ended; one that is lost, or does not come to an end, is destroyed. */
  async putBack(module: URL, thread: ComputeThread): Promise<void> {
    if (this.#closed || !(await thread.settled()) || this.#closed) return thread.destroy();
    const idle = this.#idle.get(module.href);
    if (idle) idle.push(thread);
    else this.#idle.set(module.href, [thread]);
  }

  /** Ends all threads that are idle, and those that are yet to be put back. */
  async close(): Promise<void> {
    this.#closed = true;
    const threads = [...this.#idle.values()].flat();
    this.#idle.clear();
    await Promise.all(threads.map((thread) => thread.destroy()));
  }
}
