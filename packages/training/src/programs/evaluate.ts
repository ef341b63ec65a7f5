import { type AttackSpec, fgsm, inputGradient, outcome, pgd } from '@sparring/core';
import type { Program } from '@sparring/engine';
import type { tf } from '@sparring/engine/tensorflow';
import { floatSpecs } from '../inputs.js';
import { within } from '../names.js';
import type { Recipe } from './step.js';

/** Which attack an evaluation faces. */
export type EvaluationAttack = AttackSpec | 'clean';

/** Per example of a batch of `size`: `wrong` (0 or 1), `confidence` and `loss`, under an attack on the evaluation-mode net. */
export function evaluateProgram({ model }: Recipe, attack: EvaluationAttack, size: number): Program {
  const starts = attack !== 'clean' && attack.kind === 'pgd' && attack.randomStart;
  const x = { shape: [size, model.inputSize], dtype: 'float32' } as const;
  return {
    name: `evaluate ${attack === 'clean' ? 'clean' : attack.kind}`,
    inputs: {
      ...floatSpecs('parameters', model.parameters),
      x,
      labels: { shape: [size], dtype: 'int32' },
      ...(starts ? { start: x } : {}),
    },
    fn: (inputs) => {
      const parameters = within('parameters', inputs);
      const labels = inputs.labels as tf.Tensor1D;
      const clean = inputs.x as tf.Tensor2D;
      const gradientAt = (x: tf.Tensor2D) => inputGradient(model, parameters, x, labels, undefined);
      const attacked =
        attack === 'clean'
          ? clean
          : attack.kind === 'fgsm'
            ? fgsm(clean, gradientAt(clean), attack)
            : pgd(gradientAt, clean, inputs.start as tf.Tensor2D | undefined, attack);
      return { ...outcome(model, model.logits(parameters, attacked), labels) };
    },
  };
}
