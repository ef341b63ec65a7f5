import { emit } from '../recorder.js';
import type { Value } from '../value.js';
import { int64s } from './elementwise.js';
import { reshape } from './layout.js';
import { positive } from './shapes.js';

/** Sum, Mean, Max, Min or Prod over the axes (null: all; an empty list: none, as TensorFlow.js has it). */
export function reduce(
  kind: 'Sum' | 'Mean' | 'Max' | 'Min' | 'Prod',
  x: Value,
  axis: number | readonly number[] | null | undefined,
  keepDims: boolean,
): Value {
  const axes = positive(axis, x.shape.length).sort((a, b) => a - b);
  const reduced = new Set(axes);
  const kept = x.shape.map((size, i) => (reduced.has(i) ? 1 : size));
  const shape = keepDims ? kept : kept.filter((_, i) => !reduced.has(i));
  if (axes.every((i) => x.shape[i] === 1)) return reshape(x, shape);
  const keepdims = { int: keepDims ? 1 : 0 };
  if (kind === 'Sum') return emit('ReduceSum', [x, int64s(axes)], shape, x.dtype, { keepdims });
  return emit(`Reduce${kind}`, [x], shape, x.dtype, { axes: { ints: axes }, keepdims });
}
