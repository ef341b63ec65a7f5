import type { Parameters } from './step-gradients.js';

/**
 * Copies of the parameters of the newest few steps in this thread's own memory: engines take no shared memory. The copy of an
 * old step is overwritten by that of a new one, so that nothing is allocated from step to step.
 */
export class ParameterCache {
  readonly #capacity: number;
  readonly #copies = new Map<number, Parameters>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(step: number): Parameters | undefined {
    const copy = this.#copies.get(step);
    if (copy) {
      // The newest again: what is in use is not overwritten next.
      this.#copies.delete(step);
      this.#copies.set(step, copy);
    }
    return copy;
  }

  /** Copies the parameters of a step, and returns the copy. */
  put(step: number, parameters: Parameters): Parameters {
    const copy = this.#take() ?? emptyLike(parameters);
    for (const [name, values] of Object.entries(parameters)) copy[name]!.set(values);
    this.#copies.set(step, copy);
    return copy;
  }

  #take(): Parameters | undefined {
    if (this.#copies.size < this.#capacity) return undefined;
    const [step, copy] = this.#copies.entries().next().value!;
    this.#copies.delete(step);
    return copy;
  }
}

function emptyLike(parameters: Parameters): Parameters {
  return Object.fromEntries(Object.entries(parameters).map(([name, { length }]) => [name, new Float32Array(length)]));
}
