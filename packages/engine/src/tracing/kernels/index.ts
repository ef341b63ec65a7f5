import type { Kernels } from '../kernel.js';
import { arithmetic } from './arithmetic.js';
import { functions } from './functions.js';
import { indexing } from './indexing.js';
import { logic } from './logic.js';
import { products } from './matmul.js';
import { reductions } from './reductions.js';
import { shape } from './shape.js';

/** Every TensorFlow.js kernel that can be traced. */
export const kernels: Kernels = {
  ...arithmetic,
  ...functions,
  ...indexing,
  ...logic,
  ...products,
  ...reductions,
  ...shape,
};
