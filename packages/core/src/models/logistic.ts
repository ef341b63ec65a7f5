import { feedForward } from './feed-forward.js';
import type { InitSpec, Model, ModelData } from './model.js';

/**
 * Two-class logistic regression (the paper's §5): one logit wᵀx + b per example, kernel [in, 1]; labels 0 and 1 stand for the paper's
 * y = −1 and +1; the loss is softplus(−y(wᵀx + b)). Throws unless the data has two classes.
 */
export function logistic(spec: { init: InitSpec }, data: ModelData): Model {
  if (data.classes !== 2) throw new Error(`logistic: expected data of 2 classes, got ${data.classes}`);
  return feedForward({ hidden: [], inputKeep: 1, inputScale: 1, init: spec.init, loss: 'softplus' }, data);
}
