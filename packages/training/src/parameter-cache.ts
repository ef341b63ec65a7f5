import type { Parameters } from './step-gradients.js';

/**
 * Copies of the parameters of the newest few steps, each under its key, in this thread's own memory: engines take no shared memory. The copy of an
 * old step is overwritten by that of a new one, so that nothing is allocated from step to step.
 */
export class ParameterCache {
  readonly #capacity: number;
  readonly #copies = new Map<string, Parameters>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(key: string): Parameters | undefined {
    const copy = this.#copies.get(key);
    if (copy) {
      // The newest again: what is in use is not overwritten next.
      this.#copies.delete(key);
      this.#copies.set(key, copy);
    }
    return copy;
  }

  /** Copies the parameters of a step, and returns the copy. */
  put(key: string, parameters: Parameters): Parameters {
    const copy = this.#take() ?? emptyLike(parameters);
    for (const [name, values] of Object.entries(parameters)) copy[name]!.set(values);
    this.#copies.set(key, copy);
    return copy;
  }

  #take(): Parameters | undefined {
    if (this.#copies.size < this.#capacity) return undefined;
    const [key, copy] = this.#copies.entries().next().value!;
    this.#copies.delete(key);
    return copy;
  }
}

function emptyLike(parameters: Parameters): Parameters {
  return Object.fromEntries(Object.entries(parameters).map(([name, { length }]) => [name, new Float32Array(length)]));
}
