import { tf } from '@sparring/engine/tensorflow';
import type { AttackSpec } from './attack-spec.js';
import { clip } from './clip.js';
import { startPerturbation } from './random-start.js';

/** An attack that does not look at the net: a random point of the ε ball. */
export interface RandomPointSpec extends Pick<AttackSpec, 'norm' | 'epsilon' | 'clip' | 'bounds'> {
  readonly kind: 'random';
}

/** Where `pgd` would start: x [B, inputSize] moved as `start`, drawn by `drawStart`, says. */
export function randomPoint(x: tf.Tensor2D, start: tf.Tensor2D, spec: RandomPointSpec): tf.Tensor2D {
  return clip(tf.add(x, startPerturbation(start, spec)), spec);
}
