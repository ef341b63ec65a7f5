import { tf } from '@sparring/engine/tensorflow';
import type { AttackSpec } from './attack-spec.js';
import { clip } from './clip.js';
import { normalize } from './normalize.js';
import { project } from './project.js';
import { startPerturbation } from './random-start.js';
import { step } from './step.js';

/**
 * Projected gradient descent on the loss (Madry et al., arXiv 1706.06083, eq. 2): adversarial examples within ε of x [B, inputSize].
 *
 * `gradientAt(x)`: ∇x of the loss there. `start`: [B, inputSize] as `drawStart` draws it; used, and needed, where `spec.randomStart` is
 * true. Returns the last iterate.
 */
export function pgd(
  gradientAt: (x: tf.Tensor2D) => tf.Tensor2D,
  x: tf.Tensor2D,
  start: tf.Tensor2D | undefined,
  spec: AttackSpec,
): tf.Tensor2D {
  let adversarial = x;
  if (spec.randomStart) {
    if (start === undefined) throw new Error('pgd: randomStart is true, but there is no start');
    adversarial = clip(tf.add(x, startPerturbation(start, spec)), spec);
  }
  for (let iteration = 0; iteration < spec.iterations; iteration++) {
    const gradient = gradientAt(adversarial);
    const direction = normalize(gradient, spec.norm);
    const stepped = step(adversarial, direction, spec.stepSize);
    const projected = project(stepped, x, spec);
    adversarial = clip(projected, spec);
  }
  return adversarial;
}
