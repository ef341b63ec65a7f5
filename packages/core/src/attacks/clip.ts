import { tf } from '@sparring/engine/tensorflow';
import type { AttackSpec } from './attack-spec.js';

/** `x` moved into the data's bounds where the attack clips, else `x`. Keeps it in the ε ball, as the clean example is within the bounds. */
export function clip(x: tf.Tensor2D, spec: Pick<AttackSpec, 'clip' | 'bounds'>): tf.Tensor2D {
  return spec.clip ? tf.clipByValue(x, spec.bounds[0], spec.bounds[1]) : x;
}
