import { type AttackSpec, fgsm, inputGradient, type Model, outcome, pgd, predictedLabels } from '@sparring/core';
import type { Program, TensorSpec } from '@sparring/engine';
import type { tf } from '@sparring/engine/tensorflow';
import { under, within } from '@sparring/training';

/**
 * Attacks `size` examples of the net as it is evaluated, without dropout. `adversarialX` [size, inputs]; by example, before and after:
 * `label/…`, the class predicted, and `confidence/…`, the probability that it is given.
 */
export function exampleProgram(model: Model, attack: AttackSpec, size: number): Program {
  const x: TensorSpec = { shape: [size, model.inputSize], dtype: 'float32' };
  const parameters = Object.entries(model.parameters).map(([name, shape]): [string, TensorSpec] => [
    name,
    { shape, dtype: 'float32' },
  ]);
  return {
    name: `examples ${attack.kind}`,
    inputs: {
      ...under('parameters', Object.fromEntries(parameters)),
      x,
      labels: { shape: [size], dtype: 'int32' },
      ...(drawsStart(attack) ? { start: x } : {}),
    },
    fn: (inputs) => {
      const parameters = within('parameters', inputs);
      const clean = inputs.x as tf.Tensor2D;
      const labels = inputs.labels as tf.Tensor1D;
      const cleanLogits = model.logits(parameters, clean);
      const predicted = predictedLabels(model, cleanLogits);
      const target = attack.label === 'true' ? labels : predicted;
      const gradientAt = (x: tf.Tensor2D) => inputGradient(model, parameters, x, target, undefined);
      const adversarialX =
        attack.kind === 'fgsm'
          ? fgsm(clean, gradientAt(clean), attack)
          : pgd(gradientAt, clean, inputs.start as tf.Tensor2D | undefined, attack);
      const logits = model.logits(parameters, adversarialX);
      return {
        adversarialX,
        'label/before': predicted,
        'confidence/before': outcome(model, cleanLogits, labels).confidence,
        'label/after': predictedLabels(model, logits),
        'confidence/after': outcome(model, logits, labels).confidence,
      };
    },
  };
}

export function drawsStart(attack: AttackSpec): boolean {
  return attack.kind === 'pgd' && attack.randomStart;
}
