import { tf } from '@sparring/engine/tensorflow';
import { feedForward } from './feed-forward.js';
import type { Model, ModelData, ModelSpec } from './model.js';

const activations = {
  relu: (x: tf.Tensor2D) => tf.relu(x),
  sigmoid: (x: tf.Tensor2D) => tf.sigmoid(x),
  tanh: (x: tf.Tensor2D) => tf.tanh(x),
};

/** Multi-layer perceptron: layers of relu, sigmoid or tanh units under a softmax. */
export function mlp(spec: Extract<ModelSpec, { kind: 'mlp' }>, data: ModelData): Model {
  const activate = activations[spec.activation];
  const hidden = spec.layers.map((layer) => ({ ...layer, pieces: 1, activate }));
  return feedForward({ ...spec, hidden, loss: 'crossEntropy' }, data);
}
