// A small convolutional net: an example to copy. A model is two pure functions on named parameters, written in TensorFlow.js ops. Both
// get TensorFlow.js as `tf`, so the file imports nothing. Ops are functions: tf.relu(x), not x.relu().

export const name = 'small-conv';

const channels = 8;

/** Initial parameters. `random` is seeded by the run: draw from it, and the same seed gives the same net. */
export function init({ random, inputSize, classes }) {
  const features = channels * Math.floor(sideOf(inputSize) / 2) ** 2;
  const glorot = (shape, fanIn, fanOut) => {
    const limit = Math.sqrt(6 / (fanIn + fanOut));
    return { shape, values: random.uniform(lengthOf(shape), -limit, limit) };
  };
  const zeros = (shape) => ({ shape, values: new Float32Array(lengthOf(shape)) });
  return {
    'conv/kernel': glorot([3, 3, 1, channels], 9, 9 * channels),
    'conv/bias': zeros([channels]),
    'output/kernel': glorot([features, classes], features, classes),
    'output/bias': zeros([classes]),
  };
}

/** x: [batch, inputSize], pixels in [0, 1] → logits [batch, classes]. Gradients, attack and loss are sparring's part. */
export function logits({ tf, parameters, x }) {
  const [batch, inputSize] = x.shape;
  const side = sideOf(inputSize);
  const images = tf.reshape(x, [batch, side, side, 1]);
  const convolved = tf.add(tf.conv2d(images, parameters['conv/kernel'], 1, 'same'), parameters['conv/bias']);
  const pooled = tf.maxPool(tf.relu(convolved), 2, 2, 'valid');
  const features = tf.reshape(pooled, [batch, parameters['output/kernel'].shape[0]]);
  return tf.add(tf.matMul(features, parameters['output/kernel']), parameters['output/bias']);
}

const sideOf = (inputSize) => Math.sqrt(inputSize);
const lengthOf = (shape) => shape.reduce((product, length) => product * length, 1);
