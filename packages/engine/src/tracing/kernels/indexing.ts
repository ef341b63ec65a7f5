import { TracingError } from '../../engine-error.js';
import type { tf } from '../../tensorflow.js';
import type { Kernels } from '../kernel.js';
import { binary, cast, constant, expand, mask, scalar, where } from '../operations/elementwise.js';
import { reshape } from '../operations/layout.js';
import { matmul } from '../operations/matmul.js';
import { positive } from '../operations/shapes.js';
import { emit } from '../recorder.js';
import type { Value, ValueType } from '../value.js';
import { valueType } from './shape.js';

/** Reading and writing at positions that are tensors themselves. */
export const indexing: Kernels = {
  GatherV2: ({ x, indices }, { axis, batchDims }: tf.GatherV2Attrs) => gather(x, indices, axis, batchDims),
  GatherNd: ({ params, indices }) => {
    const depth = indices.shape.at(-1)!;
    const shape = [...indices.shape.slice(0, -1), ...params.shape.slice(depth)];
    return emit('GatherND', [params, cast(indices, 'int64')], shape, params.dtype);
  },
  ScatterNd: ({ indices, updates }, { shape }: tf.ScatterNdAttrs) => {
    const zeros = expand(scalar(0, updates.dtype), shape);
    const add = { reduction: { string: 'add' } };
    return emit('ScatterND', [zeros, cast(indices, 'int64'), updates], shape, updates.dtype, add);
  },
  TensorScatterUpdate: ({ tensor, indices, updates }) =>
    emit('ScatterND', [tensor, cast(indices, 'int64'), updates], tensor.shape, tensor.dtype),
  OneHot: ({ indices }, { depth, onValue, offValue, dtype }: tf.OneHotAttrs) => {
    const hot = isClass(indices, depth);
    const type = valueType(dtype);
    if (onValue === 1 && offValue === 0) return mask(hot, type);
    return where(hot, scalar(onValue, type), scalar(offValue, type));
  },
  // Rows of a segment are added by a product with its 0/1 matrix: ids out of range add nowhere, as in TensorFlow.js.
  UnsortedSegmentSum: ({ x, segmentIds }, { numSegments }: tf.UnsortedSegmentSumAttrs) => {
    const rows = segmentIds.shape[0]!;
    const rest = x.shape.slice(1);
    const flat = reshape(cast(x, 'float32'), [rows, rest.reduce((product, size) => product * size, 1)]);
    const sums = matmul(mask(isClass(segmentIds, numSegments)), flat, true, false);
    return cast(reshape(sums, [numSegments, ...rest]), x.dtype);
  },
};

/** bool [...indices.shape, depth]: an index out of range gives a row of false. */
function isClass(indices: Value, depth: number): Value {
  const classes = constant([...Array(depth).keys()], [depth], indices.dtype);
  return binary('Equal', reshape(indices, [...indices.shape, 1]), classes);
}

function gather(x: Value, indices: Value, axis: number, batchDims: number): Value {
  const [along] = positive(axis, x.shape.length);
  const integers: ValueType = indices.dtype === 'int32' ? 'int32' : 'int64';
  if (batchDims === 0) {
    const shape = [...x.shape.slice(0, along), ...indices.shape, ...x.shape.slice(along! + 1)];
    return emit('Gather', [x, cast(indices, integers)], shape, x.dtype, { axis: { int: along! } });
  }
  if (along !== batchDims)
    throw new TracingError(`gather: axis ${along} with ${batchDims} batch axes has no ONNX mapping`);
  const deep = reshape(cast(indices, 'int64'), [...indices.shape, 1]);
  const shape = [...indices.shape, ...x.shape.slice(along + 1)];
  return emit('GatherND', [x, deep], shape, x.dtype, { batch_dims: { int: batchDims } });
}
