import type { Lease, Output, Role, TaskInputs } from '@sparring/protocol';
import { Assistant, type AssistantOptions } from './assistance/assistant.js';
import { AssistedAdvance } from './assistance/assisted-advance.js';

export interface Performed {
  readonly output: Output;
  /** What other workers were waited for. */
  readonly waitMs: number;
}

/** Performs a worker's tasks, from when it has joined to when it leaves: on its compute thread, and, where workers help each other, over the bus. */
export class Performer {
  readonly #options: AssistantOptions;
  readonly #assistant: Assistant;
  /** Of a trainer: attackers may ask before it is leased a span. */
  readonly #assisted: AssistedAdvance | null;

  constructor(role: Role, options: AssistantOptions) {
    this.#options = options;
    this.#assistant = new Assistant(options);
    this.#assisted = role === 'trainer' ? new AssistedAdvance(options) : null;
  }

  /** @throws whatever the computation throws; the signal's reason */
  async perform({ task, durationMs }: Lease, inputs: TaskInputs): Promise<Performed> {
    const { computer } = this.#options;
    if (task.kind === 'assist') return this.#assistant.assist(task, durationMs);
    if (task.kind === 'advance' && task.assisted && this.#assisted)
      return this.#assisted.advance(task, inputs, computer.steps);
    if (task.kind !== 'probe') this.#assisted?.rest();
    return { output: await computer.compute(task, inputs), waitMs: 0 };
  }

  close(): void {
    this.#assisted?.close();
  }
}
