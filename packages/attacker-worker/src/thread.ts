import type { Outputs, PreparableTask, Task, TaskInputs } from '@sparring/protocol';
import { moved } from '@sparring/runtime/moved';
import { type SessionOptions, TaskRunner } from '@sparring/training';

/** The attacker's compute thread: `open`, then a function per kind of task that an attacker is leased. */

type Work<Kind> = { readonly task: Extract<Task, { kind: Kind }>; readonly inputs: TaskInputs };

let runner: TaskRunner;

export async function open(options: SessionOptions): Promise<void> {
  runner = await TaskRunner.open(options);
}

export async function attack({ task, inputs }: Work<'attack'>): Promise<Outputs['attack']> {
  const { adversarialX } = await runner.attack(task, inputs);
  return moved({ adversarialX }, [adversarialX]);
}

export function probe({ task, inputs }: Work<'probe'>): Promise<Outputs['probe']> {
  return runner.probe(task, inputs);
}

export function prepare(task: PreparableTask): Promise<void> {
  return runner.prepare(task);
}
