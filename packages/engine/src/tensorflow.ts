import { createRequire } from 'node:module';

// By `require`, both: before it imports CommonJS, Node searches it for the names that it exports, and for these megabytes that takes
// several times as long as to run them.
import tf = require('@tensorflow/tfjs-core');

// Registers every gradient as a side effect: tfjs-core alone has none in plain Node.
createRequire(import.meta.url)('@tensorflow/tfjs-layers');

tf.enableProdMode();

export { tf };

/** Tensors by name. */
export type Tensors = Record<string, tf.Tensor>;
