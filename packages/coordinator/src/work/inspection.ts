import type { Model } from '@sparring/core';
import type { NamedTensors, Output, RefusalReason, Task } from '@sparring/protocol';
import { batchFault, stateShapes, stepLoss, type TrainingDefinition } from '@sparring/training';

/** Why an output cannot be used. */
export interface OutputFault {
  readonly reason: RefusalReason;
  readonly detail: string;
  /** The step at which it shows, counted from 1. */
  readonly step: number;
}

export interface InspectionRules {
  readonly model: Model;
  readonly definition: TrainingDefinition;
  /** L2 norm beyond which a gradient is refused; null: any that is finite. */
  readonly maxGradientNorm: number | null;
}

/** Looks at what came over a wire before it is used: names, sizes, finite numbers. null: nothing is wrong with it. */
export type Inspect = (task: Task, output: Output) => OutputFault | null;

export function inspector({ model, definition, maxGradientNorm }: InspectionRules): Inspect {
  const sizes = (shapes: Readonly<Record<string, readonly number[]>>) =>
    new Map(Object.entries(shapes).map(([name, shape]) => [name, shape.reduce((product, n) => product * n, 1)]));
  const parameterSizes = sizes(model.parameters);
  const stateSizes = sizes(stateShapes(model, definition));

  return (task, output) => {
    const step = task.kind === 'probe' ? task.parametersStep : task.step + 1;
    const fault = (reason: RefusalReason, detail: string): OutputFault => ({ reason, detail, step });
    if (output.kind !== task.kind) return fault('invalid', `${output.kind} in answer to ${task.kind}`);
    switch (output.kind) {
      case 'pass': {
        const shape = shapeFault(output.output.gradients, parameterSizes);
        if (shape) return fault('shape', shape);
        const loss = stepLoss(definition.alpha, [output.output.loss]);
        if (!Number.isFinite(loss)) return fault('non-finite', `the loss is ${loss}`);
        return gradientFault(output.output.gradients, maxGradientNorm, fault);
      }
      case 'advance': {
        const { state, losses } = output.output;
        const numSteps = task.kind === 'advance' ? task.numSteps : 0;
        if (losses.length !== numSteps) return fault('shape', `${losses.length} losses of ${numSteps} steps`);
        const at = losses.findIndex((loss) => !Number.isFinite(loss));
        if (at >= 0) return { ...fault('non-finite', `the loss is ${losses[at]}`), step: step + at };
        const shape = shapeFault(state, stateSizes);
        if (shape) return fault('shape', shape);
        const wild = Object.entries(state).find(([, values]) => !Number.isFinite(squares(values)));
        return wild ? { ...fault('non-finite', `${wild[0]} is no longer finite`), step: step + numSteps - 1 } : null;
      }
      case 'attack': {
        const wrong = batchFault({ model, definition }, output.output.adversarial);
        return wrong ? fault(wrong.reason, wrong.detail) : null;
      }
      case 'assist':
        return null;
      case 'probe': {
        const { examples, wrong, confidenceOnMistakes, loss, gradientCosine } = output.output;
        const asked = task.kind === 'probe' ? task.to - task.from : 0;
        if (examples !== asked || wrong > examples) return fault('shape', `${wrong} of ${examples} wrong, of ${asked}`);
        const inOrder = Number.isFinite(confidenceOnMistakes) && Number.isFinite(gradientCosine) && !Number.isNaN(loss);
        return inOrder ? null : fault('invalid', 'sums are NaN');
      }
    }
  };
}

type MakeFault = (reason: RefusalReason, detail: string) => OutputFault;

function shapeFault(tensors: NamedTensors, sizes: ReadonlyMap<string, number>): string | null {
  const names = Object.keys(tensors);
  for (const [name, elements] of sizes) {
    const values = Object.hasOwn(tensors, name) ? tensors[name]! : undefined;
    if (values?.length !== elements) return `${name}: expected ${elements} elements, got ${values?.length ?? 'none'}`;
  }
  return names.length === sizes.size ? null : `expected ${sizes.size} tensors, got ${names.length}`;
}

function gradientFault(gradients: NamedTensors, maxNorm: number | null, fault: MakeFault): OutputFault | null {
  let sum = 0;
  for (const [name, values] of Object.entries(gradients)) {
    const part = squares(values);
    if (!Number.isFinite(part)) return fault('non-finite', `the gradient of ${name} is not finite`);
    sum += part;
  }
  const norm = Math.sqrt(sum);
  if (maxNorm === null || norm <= maxNorm) return null;
  return fault('non-finite', `a gradient's norm is ${norm.toPrecision(4)}, above maxGradientNorm (${maxNorm})`);
}

/** Not finite if one of the values is not: one pass over them, much faster than to ask each. */
function squares(values: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * values[i]!;
  return sum;
}
