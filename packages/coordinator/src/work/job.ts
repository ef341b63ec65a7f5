import type { AdversarialBatch, Output, Outputs, Task } from '@sparring/protocol';

/** A task that was laid down, until somebody has performed it. */
export interface Job {
  readonly task: Task;
  readonly adversarial: AdversarialBatch | undefined;
  readonly settle: (output: Outputs[keyof Outputs]) => void;
  readonly fail: (error: Error) => void;
  /** What its own computation threw. */
  readonly faults: string[];
  /** Results that were refused. */
  readonly refusals: Refusal[];
  /** Leases that ran out over it. */
  expiries: number;
}

export interface Refusal {
  readonly workerId: string;
  /** Digest of what came, so that it is known again. */
  readonly bits: string;
}

export type Result = Output['output'];

export function nameOf(task: Task): string {
  return `${task.kind} of step ${task.kind === 'probe' ? task.parametersStep : task.step}`;
}
