import type { Kernels } from '../kernel.js';
import { arithmetic } from './arithmetic.js';
import { convolution } from './convolution.js';
import { functions } from './functions.js';
import { indexing } from './indexing.js';
import { logic } from './logic.js';
import { products } from './matmul.js';
import { normalization } from './normalization.js';
import { pooling } from './pooling.js';
import { reductions } from './reductions.js';
import { shape } from './shape.js';

/** Every TensorFlow.js kernel that can be traced. */
export const kernels: Kernels = {
  ...arithmetic,
  ...convolution,
  ...functions,
  ...indexing,
  ...logic,
  ...normalization,
  ...pooling,
  ...products,
  ...reductions,
  ...shape,
};
