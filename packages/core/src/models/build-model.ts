import { logistic } from './logistic.js';
import { maxout } from './maxout.js';
import { mlp } from './mlp.js';
import type { Model, ModelData, ModelSpec } from './model.js';
import { softmax } from './softmax.js';

/** The model that `spec` describes, for data of this size. Throws where the two do not fit, saying what was expected. */
export function buildModel(spec: ModelSpec, data: ModelData): Model {
  switch (spec.kind) {
    case 'softmax':
      return softmax(spec, data);
    case 'logistic':
      return logistic(spec, data);
    case 'mlp':
      return mlp(spec, data);
    case 'maxout':
      return maxout(spec, data);
  }
}
