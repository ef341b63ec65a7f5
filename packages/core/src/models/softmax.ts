import { feedForward } from './feed-forward.js';
import type { InitSpec, Model, ModelData } from './model.js';

/** Softmax regression: logits = x · kernel + bias, the paper's "shallow softmax" (§4). Its loss is convex, so any start will do. */
export function softmax(spec: { init: InitSpec }, data: ModelData): Model {
  return feedForward({ hidden: [], inputKeep: 1, inputScale: 1, init: spec.init, loss: 'crossEntropy' }, data);
}
