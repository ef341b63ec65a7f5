import type { Task } from '@sparring/protocol';
import type { taskPhases } from './definitions/step-metrics.js';

export type TaskPhase = (typeof taskPhases)[number];

/** By which name the time that a task took is told. */
export function phaseOf(task: Task): TaskPhase {
  return task.kind === 'pass' ? `${task.part}_pass` : task.kind;
}

/** Tells a time for each step of a task: of a span, each step's share of it. */
export function perStep(task: Task, ms: number, tell: (ms: number, times: number) => void): void {
  const times = task.kind === 'advance' || task.kind === 'assist' ? task.numSteps : 1;
  tell(ms / times, times);
}
