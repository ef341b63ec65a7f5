import { release } from '@sparring/engine';
import { moved } from '@sparring/runtime/moved';
import {
  owned,
  type SessionOptions,
  type StepGradients,
  setsOf,
  TrainingSession,
  type TrainingState,
  within,
} from '@sparring/training';

/** The coordinator's compute thread: holds the state and applies combine, reduce and update to it. */

let session: TrainingSession;
let state: TrainingState;

export async function open(options: SessionOptions): Promise<void> {
  session = await TrainingSession.open(options);
}

/** Takes over a state. */
export function load(tensors: TrainingState): void {
  state = owned(tensors);
}

/** Applies the gradients of `step`, and writes the new parameters into `target`, in shared memory. */
export async function update(message: {
  step: number;
  gradients: StepGradients;
  target: Record<string, Float32Array>;
}): Promise<void> {
  const { step, gradients, target } = message;
  const before = state;
  state = await session.update(before, step, gradients);
  release([...Object.values(before), ...setsOf(gradients).flatMap((set) => Object.values(set))]);
  for (const [name, values] of Object.entries(within('parameters', state))) target[name]!.set(values);
}

/** A copy of the state. */
export function read(): TrainingState {
  const copy = Object.fromEntries(Object.entries(state).map(([name, values]) => [name, values.slice()]));
  return moved(copy, Object.values(copy));
}
