import type { Model } from '@sparring/core';
import type { Program, TensorSpec } from '@sparring/engine';
import type { tf } from '@sparring/engine/tensorflow';
import { under, within } from '@sparring/training';

/** `logits` of `x` [batch, inputs] at `parameters/…`, of the net as it is evaluated: what `model.onnx` computes. */
export function logitsProgram(model: Model, batch: number): Program {
  const parameters = Object.entries(model.parameters).map(([name, shape]): [string, TensorSpec] => [
    name,
    { shape, dtype: 'float32' },
  ]);
  return {
    name: 'logits',
    inputs: {
      ...under('parameters', Object.fromEntries(parameters)),
      x: { shape: [batch, model.inputSize], dtype: 'float32' },
    },
    fn: (inputs) => ({ logits: model.logits(within('parameters', inputs), inputs.x as tf.Tensor2D) }),
  };
}
