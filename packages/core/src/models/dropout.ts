import { type Tensors, tf } from '@sparring/engine/tensorflow';
import type { Dropout } from './model.js';

/**
 * Activations [B, size] under this step's mask: activations · mask · scale.
 *
 * Evaluation (`masks` undefined) multiplies by nothing, whatever the scale: that is pylearn2's convention, whose evaluation is the plain
 * network. With scale = 1 / keep (inverted dropout) the expected activation is then the same in training and evaluation. With the input's
 * keep .8 and scale 1, as in the maxout recipe, the evaluated network sees inputs 1.25 times as large as the training-mode network expects,
 * as it did in the original.
 */
export function applyDropout(
  activations: tf.Tensor2D,
  dropout: Dropout | undefined,
  masks: Tensors | undefined,
): tf.Tensor2D {
  if (dropout === undefined || masks === undefined) return activations;
  const mask = masks[dropout.name];
  if (mask === undefined) {
    throw new Error(`dropout '${dropout.name}': no such mask, got ${Object.keys(masks).join(', ') || 'none'}`);
  }
  const expected = [activations.shape[0], dropout.size];
  if (mask.shape.join() !== expected.join()) {
    throw new Error(
      `dropout '${dropout.name}': expected a mask [${expected.join(', ')}], got [${mask.shape.join(', ')}]`,
    );
  }
  return tf.mul(activations, dropout.scale === 1 ? mask : tf.mul(mask, dropout.scale));
}

/** The mask wanted for `keep` and `scale`, or undefined where everything is kept. Throws on impossible values. */
export function dropoutOf(name: string, size: number, keep: number, scale: number): Dropout | undefined {
  requireDropout(name, keep, scale);
  return keep < 1 ? { name, size, keep, scale } : undefined;
}

/** Throws unless `keep` is a probability and `scale` goes with it; `what` is named in the message. */
export function requireDropout(what: string, keep: number, scale: number): void {
  if (!(keep > 0 && keep <= 1)) throw new Error(`${what}: keep is a probability above 0, up to 1, got ${keep}`);
  if (!(scale > 0 && Number.isFinite(scale))) throw new Error(`${what}: scale is a positive number, got ${scale}`);
  if (keep === 1 && scale !== 1) {
    throw new Error(`${what}: scale ${scale} with keep 1: where nothing is dropped nothing is rescaled`);
  }
}
