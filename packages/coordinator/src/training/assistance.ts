import type { AssistTask } from '@sparring/protocol';
import type { WorkDesk } from '../work/work-desk.js';

/** Attackers' help for a trainer that advances, as long as its span lasts: whoever hears the trainer no more, or dies, is asked again, or another is. */
export class Assistance {
  readonly #desk: WorkDesk;
  readonly #task: AssistTask;
  #isOver = false;

  /** @param attackers How many are to help. */
  constructor(desk: WorkDesk, task: AssistTask, attackers: number) {
    this.#desk = desk;
    this.#task = task;
    for (let i = 0; i < attackers; i++) void this.#ask();
  }

  end(): void {
    this.#isOver = true;
    this.#desk.withdraw(({ kind }) => kind === 'assist');
  }

  async #ask(): Promise<void> {
    try {
      while (!this.#isOver && !(await this.#desk.perform(this.#task)).dismissed);
    } catch {
      // Attackers that cannot attack are struck by the desk. The span does not need them: the trainer meets the same fault, or none.
    }
  }
}
