import type { tf } from '@sparring/engine/tensorflow';
import type { AttackSpec } from './attack-spec.js';
import { clip } from './clip.js';
import { normalize } from './normalize.js';
import { step } from './step.js';

/**
 * Fast gradient sign method: x + ε · sign(∇x J) (the paper's §3), clipped where the spec says so; x + ε · ∇x J / ‖∇x J‖₂ for L2.
 *
 * One iteration of `pgd` of full size, to the bit. From x such a step ends on the ball's surface, so nothing is projected.
 * x and inputGradient: [B, inputSize]; the gradient's scale does not matter.
 */
export function fgsm(x: tf.Tensor2D, inputGradient: tf.Tensor2D, spec: AttackSpec): tf.Tensor2D {
  const direction = normalize(inputGradient, spec.norm);
  const stepped = step(x, direction, spec.epsilon);
  return clip(stepped, spec);
}
