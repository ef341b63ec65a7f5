import '@tensorflow/tfjs-layers'; // registers every gradient as a side effect: tfjs-core alone has none in plain Node
import * as tf from '@tensorflow/tfjs-core';

tf.enableProdMode();

export { tf };

/** Tensors by name. */
export type Tensors = Record<string, tf.Tensor>;
