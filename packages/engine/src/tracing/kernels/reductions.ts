import type { tf } from '../../tensorflow.js';
import type { Kernels } from '../kernel.js';
import { cast, scalar } from '../operations/elementwise.js';
import { reduce } from '../operations/reduce.js';
import { positive } from '../operations/shapes.js';
import { emit } from '../recorder.js';
import type { Value } from '../value.js';

export const reductions: Kernels = {
  Sum: ({ x }, { axis, keepDims }: tf.SumAttrs) => reduce('Sum', countable(x), axis, keepDims),
  Mean: ({ x }, { axis, keepDims }: tf.MeanAttrs) => reduce('Mean', cast(x, 'float32'), axis, keepDims),
  Prod: ({ x }, { axis, keepDims }: tf.ProdAttrs) => reduce('Prod', countable(x), axis, keepDims),
  Max: ({ x }, { reductionIndices, keepDims }: tf.MaxAttrs) => reduce('Max', x, reductionIndices, keepDims),
  Min: ({ x }, { axis, keepDims }: tf.MinAttrs) => reduce('Min', x, axis, keepDims),
  ArgMax: ({ x }, { axis }: tf.ArgMaxAttrs) => position('ArgMax', x, axis),
  ArgMin: ({ x }, { axis }: tf.ArgMinAttrs) => position('ArgMin', x, axis),
  Cumsum: ({ x }, { axis, exclusive, reverse }: tf.CumsumAttrs) => {
    const [from0] = positive(axis, x.shape.length);
    const options = { exclusive: { int: exclusive ? 1 : 0 }, reverse: { int: reverse ? 1 : 0 } };
    return emit('CumSum', [x, scalar(from0!, 'int64')], x.shape, x.dtype, options);
  },
};

function countable(x: Value): Value {
  return x.dtype === 'bool' ? cast(x, 'int32') : x;
}

/** Of the first extreme element, int32. */
function position(op: string, x: Value, axis: number): Value {
  const [from0] = positive(axis, x.shape.length);
  const shape = x.shape.filter((_, i) => i !== from0);
  return cast(emit(op, [x], shape, 'int64', { axis: { int: from0! }, keepdims: { int: 0 } }), 'int32');
}
