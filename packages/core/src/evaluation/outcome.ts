import { tf } from '@sparring/engine/tensorflow';
import { exampleLosses } from '../losses/example-losses.js';
import type { Model } from '../models/model.js';
import { predictedLabels } from './predicted-labels.js';

/** What became of each example, all [B]. */
export interface Outcome {
  /** 1 where the predicted label is not the true one, else 0; float32. */
  readonly wrong: tf.Tensor1D;
  /** Probability given to the predicted class: the paper's "confidence". */
  readonly confidence: tf.Tensor1D;
  readonly loss: tf.Tensor1D;
}

/** Scores logits [B, classes] (or [B, 1] with the softplus loss) against labels int32 [B]. */
export function outcome(model: Pick<Model, 'loss'>, logits: tf.Tensor2D, labels: tf.Tensor1D): Outcome {
  return {
    wrong: tf.cast(tf.notEqual(predictedLabels(model, logits), labels), 'float32'),
    confidence: confidences(model, logits),
    loss: exampleLosses(model, logits, labels),
  };
}

function confidences(model: Pick<Model, 'loss'>, logits: tf.Tensor2D): tf.Tensor1D {
  if (model.loss === 'softplus') return tf.sigmoid(tf.abs(tf.reshape(logits, [logits.shape[0]])));
  // The largest probability is e⁰ / Σ exp(z − max z).
  return tf.div(1, tf.sum<tf.Tensor1D>(tf.exp(tf.sub(logits, tf.max(logits, 1, true))), 1));
}
