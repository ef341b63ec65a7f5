import {
  type AttackSpec,
  fgsm,
  gradientAlignment,
  inputGradient,
  outcome,
  pgd,
  type RandomPointSpec,
  randomPoint,
} from '@sparring/core';
import type { Program } from '@sparring/engine';
import type { tf } from '@sparring/engine/tensorflow';
import { floatSpecs } from '../inputs.js';
import { within } from '../names.js';
import type { Recipe } from './step.js';

/** Which attack an evaluation faces. `random` moves each example to a random point of its ball, whatever the net. */
export type EvaluationAttack = AttackSpec | RandomPointSpec | 'clean';

/**
 * Per example of a batch of `size`: `wrong` (0 or 1), `confidence` and `loss`, under an attack on the evaluation-mode net; under a random
 * one also `cosine`, between the input gradients at the example and at the random point.
 */
export function evaluateProgram({ model }: Recipe, attack: EvaluationAttack, size: number): Program {
  const starts = attack !== 'clean' && (attack.kind === 'random' || (attack.kind === 'pgd' && attack.randomStart));
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
      const start = inputs.start as tf.Tensor2D | undefined;
      const scored = (x: tf.Tensor2D) => outcome(model, model.logits(parameters, x), labels);
      if (attack === 'clean') return { ...scored(clean) };
      switch (attack.kind) {
        case 'fgsm':
          return { ...scored(fgsm(clean, gradientAt(clean), attack)) };
        case 'pgd':
          return { ...scored(pgd(gradientAt, clean, start, attack)) };
        case 'random': {
          const moved = randomPoint(clean, start!, attack);
          return { ...scored(moved), cosine: gradientAlignment(gradientAt(clean), gradientAt(moved)) };
        }
      }
    },
  };
}
