import { type Tensors, tf } from '@sparring/engine/tensorflow';
import type { Model } from '../models/model.js';
import { exampleLosses } from './example-losses.js';

/** What one pass over a shard yields; `gradients` and `inputGradient` are those of `loss`. */
export interface PassGradients {
  readonly loss: tf.Scalar;
  readonly gradients: Tensors;
  readonly inputGradient: tf.Tensor2D;
}

/**
 * Loss, ∇θ and ∇x of a shard from one backward pass: the fused attack costs no pass of its own.
 *
 * x [B, inputSize], labels int32 [B], `masks` as the model's `dropout` wants them, or undefined for the evaluated network.
 * loss = lossScale · Σ of the example losses; with lossScale = 1 / size of the global batch, the shards of a step just add up.
 */
export function passGradients(
  model: Model,
  parameters: Tensors,
  x: tf.Tensor2D,
  labels: tf.Tensor1D,
  masks: Tensors | undefined,
  lossScale: number | tf.Scalar,
): PassGradients {
  const names = Object.keys(model.parameters).sort();
  const lossOf = (input: tf.Tensor, ...values: tf.Tensor[]) => {
    const byName = Object.fromEntries(names.map((name, i) => [name, values[i]!]));
    const losses = exampleLosses(model, model.logits(byName, input as tf.Tensor2D, masks), labels);
    return tf.mul<tf.Scalar>(tf.sum(losses), lossScale);
  };
  const { value, grads } = tf.valueAndGrads(lossOf)([x, ...names.map((name) => parameters[name]!)]);
  return {
    loss: value,
    gradients: Object.fromEntries(names.map((name, i) => [name, grads[i + 1]!])),
    inputGradient: grads[0] as tf.Tensor2D,
  };
}

/**
 * ∇x of Σ of the example losses, alone: what an attack iteration costs. As examples do not mix, row i is the gradient of example i's own
 * loss, whatever the batch.
 */
export function inputGradient(
  model: Model,
  parameters: Tensors,
  x: tf.Tensor2D,
  labels: tf.Tensor1D,
  masks: Tensors | undefined,
): tf.Tensor2D {
  const lossOf = (input: tf.Tensor) =>
    tf.sum(exampleLosses(model, model.logits(parameters, input as tf.Tensor2D, masks), labels));
  return tf.grad(lossOf)(x) as tf.Tensor2D;
}
