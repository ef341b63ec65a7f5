import { type Backoff, Child } from './child.js';
import type { ChildPlan, ChildState, SupervisorEvent } from './child-plan.js';
import type { ChildRefused } from './child-refused.js';
import { OrphanGuard } from './orphan-guard.js';

export interface SupervisorOptions {
  readonly onEvent: (event: SupervisorEvent) => void;
  readonly backoff?: Backoff;
}

const defaultBackoff: Backoff = { leastMs: 200, mostMs: 5_000, settledMs: 30_000 };

/**
 * Keeps processes alive. They come in stages: started from the first to the last without waiting, and stopped from the last to the
 * first, each when the one after it is gone. None outlives the supervisor's process, however that ends.
 */
export class Supervisor {
  readonly #stages: readonly (readonly Child[])[];
  readonly #guard = new OrphanGuard();
  #refusal: ChildRefused | null = null;
  #stopped: Promise<void> | null = null;
  #end: () => void = () => {};

  constructor(stages: readonly (readonly ChildPlan[])[], { onEvent, backoff = defaultBackoff }: SupervisorOptions) {
    const tell = (event: SupervisorEvent) => {
      if (event.kind !== 'line') this.#guard.watch(this.#pids());
      onEvent(event);
    };
    const refuse = (refusal: ChildRefused) => {
      this.#refusal ??= refusal;
      void this.stop();
    };
    this.#stages = stages.map((plans) => plans.map((plan) => new Child(plan, backoff, tell, refuse)));
  }

  /**
   * Starts all and resolves when they are gone, after `stop`.
   * @throws ChildRefused when one of them will not run as it was started; by then the others are gone too
   */
  async run(): Promise<void> {
    const ended = new Promise<void>((resolve) => {
      this.#end = resolve;
    });
    this.#guard.watch([]);
    for (const child of this.#stages.flat()) child.start();
    await ended;
    if (this.#refusal) throw this.#refusal;
  }

  /** All of them, in the order in which they were given. */
  alive(): ChildState[] {
    return this.#stages.flat().map(({ state }) => state);
  }

  /** Ends all and resolves when they are gone. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    for (const stage of this.#stages.toReversed()) await Promise.all(stage.map((child) => child.stop()));
    this.#guard.close();
    this.#end();
  }

  #pids(): number[] {
    return this.alive().flatMap(({ pid }) => pid ?? []);
  }
}
