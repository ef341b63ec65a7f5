import type { tf } from '../../tensorflow.js';
import type { Kernels } from '../kernel.js';
import { binary, scalar, unary } from '../operations/elementwise.js';
import { multiply } from './arithmetic.js';

/** Batch normalization with given statistics, as TensorFlow.js's layers do it. */
export const normalization: Kernels = {
  FusedBatchNorm: ({ x, mean, variance, scale, offset }, { varianceEpsilon }: tf.FusedBatchNormAttrs) => {
    const deviation = unary('Sqrt', binary('Add', variance, scalar(varianceEpsilon)));
    const normal = binary('Div', binary('Sub', x, mean), deviation);
    const scaled = scale ? multiply(normal, scale) : normal;
    return offset ? binary('Add', scaled, offset) : scaled;
  },
};
