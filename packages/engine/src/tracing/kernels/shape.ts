import { TracingError } from '../../engine-error.js';
import { tf } from '../../tensorflow.js';
import type { Kernels } from '../kernel.js';
import { cast, constant, expand, scalar } from '../operations/elementwise.js';
import { concat, pad, reshape, slice, tile, transpose } from '../operations/layout.js';
import { positive } from '../operations/shapes.js';
import type { Value, ValueType } from '../value.js';

/** Moving, cutting and repeating, filling, and changing the type. */
export const shape: Kernels = {
  Identity: ({ x }) => x,
  Cast: ({ x }, { dtype }: tf.CastAttrs) => cast(x, valueType(dtype)),
  Reshape: ({ x }, { shape }: tf.ReshapeAttrs) => reshape(x, tf.util.inferFromImplicitShape(shape, size(x))),
  ExpandDims: ({ input }, { dim }: tf.ExpandDimsAttrs) => insertAxis(input, dim),
  Transpose: ({ x }, { perm }: tf.TransposeAttrs) => transpose(x, perm),
  BroadcastTo: ({ x }, { shape }: tf.BroadCastToAttrs) => expand(x, shape),
  Tile: ({ x }, { reps }: tf.TileAttrs) => tile(x, reps),
  Reverse: ({ x }, { dims }: tf.ReverseAttrs) => {
    const reversed = new Set(positive(dims, x.shape.length));
    const begin = x.shape.map((length, axis) => (reversed.has(axis) ? length - 1 : 0));
    const steps = x.shape.map((length, axis) => (reversed.has(axis) && length > 1 ? -1 : 1));
    return slice(x, begin, x.shape, steps);
  },
  Slice: ({ x }, { begin, size }: tf.SliceAttrs) => {
    const [from, extent] = tf.slice_util.parseSliceParams(placeholder(x), begin, size);
    return slice(x, from!, extent!);
  },
  StridedSlice: ({ x }, attributes: tf.StridedSliceAttrs) => {
    const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attributes;
    const masks = [beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask] as const;
    const info = tf.slice_util.sliceInfo([...x.shape], begin, end, strides, ...masks);
    const extent = tf.slice_util.computeOutShape(info.begin, info.end, info.strides);
    return reshape(slice(x, info.begin, extent, info.strides), info.finalShape);
  },
  SplitV: ({ x }, { numOrSizeSplits, axis }: tf.SplitVAttrs) => {
    const [along] = positive(axis, x.shape.length);
    return cut(x, along!, tf.backend_util.prepareSplitSize(placeholder(x), numOrSizeSplits, along!));
  },
  Unpack: ({ value }, { axis }: tf.UnpackAttrs) => {
    const [along] = positive(axis, value.shape.length);
    const parts = cut(value, along!, new Array<number>(value.shape[along!]!).fill(1));
    return parts.map((part) => reshape(part, [...value.shape.slice(0, along), ...value.shape.slice(along! + 1)]));
  },
  Concat: (_inputs, { axis }: tf.ConcatAttrs, list) => {
    const full = list.filter((part) => size(part) > 0);
    return concat(full, positive(axis, full[0]!.shape.length)[0]!);
  },
  Pack: (_inputs, { axis }: tf.PackAttrs, list) => {
    const [along] = positive(axis, list[0]!.shape.length + 1);
    const parts = list.map((part) => insertAxis(part, along!));
    return concat(parts, along!);
  },
  PadV2: ({ x }, { paddings, constantValue }: tf.PadV2Attrs) => pad(x, paddings, constantValue),
  MirrorPad: ({ x }, { paddings, mode }: tf.MirrorPadAttrs) => {
    if (mode !== 'reflect') throw new TracingError(`mirrorPad: ONNX pads by reflection alone, got '${mode}'`);
    return pad(x, paddings, 0, 'reflect');
  },
  Fill: (_inputs, { shape, value, dtype }: tf.FillAttrs) => expand(scalar(Number(value), valueType(dtype)), shape),
  ZerosLike: ({ x }) => expand(scalar(0, x.dtype), x.shape),
  OnesLike: ({ x }) => expand(scalar(1, x.dtype), x.shape),
  Range: (_inputs, { start, stop, step, dtype }: tf.RangeAttrs) => {
    const count = Math.max(0, Math.ceil((stop - start) / step));
    const values = Array.from({ length: count }, (_, i) => start + i * step);
    return constant(values, [count], valueType(dtype));
  },
  LinSpace: (_inputs, { start, stop, num }: tf.LinSpaceAttrs) => {
    const step = (stop - start) / Math.max(1, num - 1);
    return constant(
      Array.from({ length: num }, (_, i) => Math.fround(start + i * step)),
      [num],
      'float32',
    );
  },
};

export function valueType(dtype: tf.DataType | undefined): ValueType {
  if (dtype === undefined) return 'float32';
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') return dtype;
  throw new TracingError(`tensors of type ${dtype} cannot be traced: float32, int32 and bool can`);
}

function insertAxis(x: Value, axis: number): Value {
  const [at] = positive(axis, x.shape.length + 1);
  return reshape(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)]);
}

function cut(x: Value, axis: number, sizes: readonly number[]): Value[] {
  let from = 0;
  return sizes.map((length) => {
    const begin = x.shape.map((_, i) => (i === axis ? from : 0));
    from += length;
    return slice(
      x,
      begin,
      x.shape.map((size, i) => (i === axis ? length : size)),
    );
  });
}

function size(x: Value): number {
  return x.shape.reduce((product, length) => product * length, 1);
}

/** What TensorFlow.js's shape helpers ask of a tensor. */
function placeholder(x: Value): tf.Tensor {
  return { shape: x.shape, rank: x.shape.length } as unknown as tf.Tensor;
}
