import type { Checkpoint, CheckpointKind } from '@sparring/runtime';
import type { TrainingEvent } from '../events.js';
import type { CheckpointStore } from './checkpoints.js';

/**
 * Writes checkpoints one after the other while training goes on. Of those that wait, only the newest of its kind is written, and the best
 * first: the last one says which is best, and must not be there before it. The steps that one holds are committed when it is told, and
 * only then.
 */
export class CheckpointWriter {
  readonly #store: CheckpointStore;
  readonly #emit: (event: TrainingEvent) => void | Promise<void>;
  readonly #waiting = new Map<CheckpointKind, Checkpoint>();
  #writing: Promise<void> | undefined;
  #error: unknown;

  constructor(store: CheckpointStore, emit: (event: TrainingEvent) => void | Promise<void>) {
    this.#store = store;
    this.#emit = emit;
  }

  /** Does not wait for it. @throws what an earlier write threw */
  save(which: CheckpointKind, checkpoint: Checkpoint): void {
    this.throwIfFailed();
    this.#waiting.set(which, checkpoint);
    this.#writing ??= this.#write();
  }

  /** Resolves when all is written. @throws what a write threw */
  async settled(): Promise<void> {
    await this.#writing;
    this.throwIfFailed();
  }

  throwIfFailed(): void {
    if (this.#error !== undefined) throw this.#error;
  }

  #nextKind(): CheckpointKind | undefined {
    return (['best', 'last'] as const).find((which) => this.#waiting.has(which));
  }

  async #write(): Promise<void> {
    try {
      for (let which = this.#nextKind(); which; which = this.#nextKind()) {
        const checkpoint = this.#waiting.get(which)!;
        this.#waiting.delete(which);
        await this.#store.save(which, checkpoint);
        await this.#emit({ kind: 'checkpoint', step: checkpoint.step, which });
      }
    } catch (error) {
      this.#error = error;
    } finally {
      this.#writing = undefined;
    }
  }
}
