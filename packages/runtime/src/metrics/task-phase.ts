import type { AssistTask, Task } from '@sparring/protocol';
import type { taskPhases } from './definitions/step-metrics.js';

export type TaskPhase = (typeof taskPhases)[number];

/** Tasks that are told by a name; of one that assists, each attack is. */
export type TimedTask = Exclude<Task, AssistTask>;

/** By which name the time that a task took is told. */
export function phaseOf(task: TimedTask): TaskPhase {
  return task.kind === 'pass' ? `${task.part}_pass` : task.kind;
}

/** Tells a time for each step of a task: of a span, each step's share of it. */
export function perStep(task: TimedTask, ms: number, tell: (ms: number, times: number) => void): void {
  const times = task.kind === 'advance' ? task.numSteps : 1;
  tell(ms / times, times);
}
