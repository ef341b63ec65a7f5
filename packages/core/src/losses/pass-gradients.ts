import { type Tensors, tf } from '@sparring/engine/tensorflow';
import type { Model } from '../models/model.js';
import { parameterNamed } from '../models/parameter.js';
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
 * Throws where a parameter is missing or of another shape, and where x or a parameter of a user's model has no part in the logits.
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
  const inputs = [x, ...names.map((name) => parameterNamed(parameters, name, model.parameters[name]!))];
  const { value, grads } = differentiate(lossOf, inputs, names);
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

function differentiate(lossOf: (...inputs: tf.Tensor[]) => tf.Scalar, inputs: tf.Tensor[], names: readonly string[]) {
  try {
    return tf.valueAndGrads(lossOf)(inputs);
  } catch (error) {
    if (!(error as Error).message.startsWith('Cannot compute gradient')) throw error;
    throw new Error(`the loss depends on not all of x, ${names.join(', ')}: each must have a part in the logits`, {
      cause: error,
    });
  }
}
