import type { AdvanceTask, AssistTask, Outputs } from '@sparring/protocol';
import type { WorkDesk } from '../work/work-desk.js';

export interface Helpers {
  readonly count: number;
  /** One cannot help in this span: its computation failed, time and again. */
  readonly onUnable: (error: Error) => void;
}

/**
 * A span that a trainer advances with attackers' help, for as long as it lasts. A helper that hears the trainer no more, or has helped for
 * a while, is asked again, or another is in its place; one that the trainer has dismissed is not.
 * @throws as `WorkDesk.perform` of the span: that a helper fails is no matter, since the trainer meets the same fault, or none
 */
export async function assisted(desk: WorkDesk, task: AdvanceTask, helpers: Helpers): Promise<Outputs['advance']> {
  const { step, numSteps, rollbacks } = task;
  const assist: AssistTask = { kind: 'assist', step, numSteps, ...(rollbacks ? { rollbacks } : {}) };
  let isOver = false;
  const help = async () => {
    while (!isOver && !(await desk.perform(assist)).dismissed);
  };
  for (let i = 0; i < helpers.count; i++) help().catch(helpers.onUnable);
  try {
    return await desk.perform({ ...task, assisted: true });
  } finally {
    isOver = true;
    desk.withdraw(({ kind }) => kind === 'assist');
  }
}
