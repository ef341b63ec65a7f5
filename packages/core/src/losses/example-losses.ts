import type { tf } from '@sparring/engine/tensorflow';
import type { Model } from '../models/model.js';
import { crossEntropy } from './cross-entropy.js';
import { softplusLoss } from './softplus.js';

/** The model's loss J per example: its logits and labels int32 [B] → [B]. */
export function exampleLosses(model: Pick<Model, 'loss'>, logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor1D {
  return model.loss === 'softplus' ? softplusLoss(logits, labels) : crossEntropy(logits, labels);
}
