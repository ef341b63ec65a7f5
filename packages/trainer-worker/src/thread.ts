import type { AdversarialBatch, NamedTensors, Outputs, PreparableTask, Task, TaskInputs } from '@sparring/protocol';
import { moved } from '@sparring/runtime/moved';
import { shapeOf, TaskRunner, type TaskRunnerOptions } from '@sparring/training';

/** The trainer's compute thread: `open`, `fingerprint`, then a function per kind of task. */

type Work<Kind> = { readonly task: Extract<Task, { kind: Kind }>; readonly inputs: TaskInputs };

let runner: TaskRunner | undefined;

/** By shape, the newest last: where the thread is kept from run to run, what one compiled serves the next. The present one is the last. */
const runners = new Map<string, TaskRunner>();

/** Compiled programs hold some times their parameters. A sweep over a grid alternates between shapes; those of large nets are not kept. */
const [mostShapes, mostBytes] = [8, 32_000_000];

export async function open(options: TaskRunnerOptions): Promise<void> {
  const shape = shapeOf(options);
  const before = runners.get(shape);
  runners.delete(shape);
  runner = await TaskRunner.open(options, before);
  runners.set(shape, runner);
  await forgetOldest();
}

export async function advance({ task, inputs }: Work<'advance'>): Promise<Outputs['advance']> {
  const { state, losses } = await runner!.advance(task, inputs.state);
  const copies = copied(state);
  return moved({ state: copies, losses }, Object.values(copies));
}

export function beginSteps({ task, inputs }: Work<'advance'>): void {
  runner!.beginSteps(task, inputs.state);
}

export function passOfStep({ shard, adversarial }: { shard: number; adversarial?: AdversarialBatch }) {
  return runner!.steps.pass(shard, adversarial);
}

export async function endStep(): Promise<{ loss: number; parameters: NamedTensors }> {
  const loss = await runner!.steps.endStep();
  return { loss, parameters: copied(runner!.steps.parameters, SharedArrayBuffer) };
}

export function endSteps(): NamedTensors {
  const state = copied(runner!.endSteps());
  return moved(state, Object.values(state));
}

export async function pass({ task, inputs }: Work<'pass'>): Promise<Outputs['pass']> {
  const result = await runner!.pass(task, inputs);
  return moved(result, Object.values(result.gradients));
}

export async function attack({ task, inputs }: Work<'attack'>): Promise<Outputs['attack']> {
  const { adversarial } = await runner!.attack(task, inputs);
  return moved({ adversarial }, [adversarial.encoding === 'signs' ? adversarial.codes : adversarial.examples]);
}

export function probe({ task, inputs }: Work<'probe'>): Promise<Outputs['probe']> {
  return runner!.probe(task, inputs);
}

export function fingerprint(): Promise<{ engine: string; fingerprint: string }> {
  return runner!.fingerprint();
}

export function prepare(task: PreparableTask): Promise<void> {
  return runner!.prepare(task);
}

function copied(
  tensors: NamedTensors,
  Memory: typeof ArrayBuffer | typeof SharedArrayBuffer = ArrayBuffer,
): NamedTensors {
  const copies = Object.entries(tensors).map(([name, values]) => {
    const copy = new Float32Array(new Memory(values.byteLength));
    copy.set(values);
    return [name, copy] as const;
  });
  return Object.fromEntries(copies);
}

async function forgetOldest(): Promise<void> {
  const bytes = () => [...runners.values()].reduce((sum, { parameterBytes }) => sum + parameterBytes, 0);
  for (const [shape, oldest] of runners) {
    if (oldest === runner || (runners.size <= mostShapes && bytes() <= mostBytes)) return;
    runners.delete(shape);
    await oldest.close();
  }
}
