import type { AdversarialBatch, Output, Outputs, Task } from '@sparring/protocol';

/** A task that was laid down, until somebody has performed it. */
export interface Job {
  task: Task;
  /** As good as the task, while nobody has been leased either. */
  instead: Task | undefined;
  readonly adversarial: AdversarialBatch | undefined;
  readonly settle: (output: Outputs[keyof Outputs]) => void;
  readonly fail: (error: Error) => void;
  /** What came of it so far, instead of a result that can be used. */
  readonly misses: Miss[];
  /** Leases that ran out over it. */
  expiries: number;
  /** Nobody waits for it any more. */
  isWithdrawn: boolean;
}

/** A lease that ended without a result that can be used, by its worker's doing. */
export type Miss =
  /** Its own computation threw. */
  | { readonly kind: 'fault'; readonly workerId: string }
  /** The result was refused. `bits`: digest of what came, so that it is known again. */
  | { readonly kind: 'refusal'; readonly workerId: string; readonly bits: string }
  /** The worker asked for other work: it could not gather what the task reads. */
  | { readonly kind: 'return'; readonly workerId: string };

export type Result = Output['output'];

export function hasMissed({ misses }: Job, workerId: string): boolean {
  return misses.some((miss) => miss.workerId === workerId);
}

export function nameOf(task: Task): string {
  return `${task.kind} of step ${task.kind === 'probe' ? task.parametersStep : task.step}`;
}
