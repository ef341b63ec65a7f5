import type { Lease, Task, TaskInputs } from '@sparring/protocol';
import type { StateSource } from './state-source.js';

/**
 * Gathers what a leased task reads besides the data. `heldStep` is the step of the task's own lineage whose whole state the compute thread
 * still holds: that, and its parameters, are not fetched again.
 * @throws StepGone when the coordinator has moved on
 */
export async function taskInputs(
  { task, adversarial }: Lease,
  source: StateSource,
  staleness: number,
  heldStep: number | undefined,
): Promise<TaskInputs> {
  const { rollbacks } = task;
  const parametersOf = async (step: number) =>
    step === heldStep ? undefined : await source.parametersOf(step, rollbacks);
  switch (task.kind) {
    case 'advance': {
      const state = task.step === heldStep ? undefined : await source.stateOf(task.step, rollbacks);
      return state ? { state } : {};
    }
    case 'pass': {
      const [parameters, attacked] = await Promise.all([
        parametersOf(task.step),
        attacksOlder(task, staleness) ? parametersOf(Math.max(0, task.step - staleness)) : undefined,
      ]);
      return {
        ...(parameters ? { parameters } : {}),
        ...(attacked ? { attacked } : {}),
        ...(adversarial ? { adversarial } : {}),
      };
    }
    // It hears what the trainer publishes.
    case 'assist':
      return {};
    default: {
      const parameters = await parametersOf(task.parametersStep);
      return parameters ? { parameters } : {};
    }
  }
}

function attacksOlder(task: Extract<Task, { kind: 'pass' }>, staleness: number): boolean {
  return staleness > 0 && task.part === 'whole';
}
