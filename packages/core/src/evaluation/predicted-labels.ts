import { tf } from '@sparring/engine/tensorflow';
import type { Model } from '../models/model.js';

/** The class that the logits are largest for, int32 [B]; the lowest class where they tie. */
export function predictedLabels(model: Pick<Model, 'loss'>, logits: tf.Tensor2D): tf.Tensor1D {
  if (model.loss === 'softplus') return tf.cast(tf.greater(tf.reshape(logits, [logits.shape[0]]), 0), 'int32');
  return tf.argMax(logits, 1);
}
