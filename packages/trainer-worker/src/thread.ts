import type { Outputs, PreparableTask, Task, TaskInputs } from '@sparring/protocol';
import { moved } from '@sparring/runtime/moved';
import { TaskRunner, type TaskRunnerOptions } from '@sparring/training';

/** The trainer's compute thread: `open`, `fingerprint`, then a function per kind of task. */

type Work<Kind> = { readonly task: Extract<Task, { kind: Kind }>; readonly inputs: TaskInputs };

let runner: TaskRunner;

export async function open(options: TaskRunnerOptions): Promise<void> {
  runner = await TaskRunner.open(options);
}

export async function advance({ task, inputs }: Work<'advance'>): Promise<Outputs['advance']> {
  const { state, losses } = await runner.advance(task, inputs.state);
  const copies = Object.fromEntries(Object.entries(state).map(([name, values]) => [name, values.slice()]));
  return moved({ state: copies, losses }, Object.values(copies));
}

export async function pass({ task, inputs }: Work<'pass'>): Promise<Outputs['pass']> {
  const result = await runner.pass(task, inputs);
  return moved(result, Object.values(result.gradients));
}

export async function attack({ task, inputs }: Work<'attack'>): Promise<Outputs['attack']> {
  const { adversarial } = await runner.attack(task, inputs);
  return moved({ adversarial }, [adversarial.encoding === 'signs' ? adversarial.codes : adversarial.examples]);
}

export function probe({ task, inputs }: Work<'probe'>): Promise<Outputs['probe']> {
  return runner.probe(task, inputs);
}

export function fingerprint(): Promise<{ engine: string; fingerprint: string }> {
  return runner.fingerprint();
}

export function prepare(task: PreparableTask): Promise<void> {
  return runner.prepare(task);
}
