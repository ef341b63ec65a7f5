import { elements } from '../../program.js';
import { emit } from '../recorder.js';
import type { Value } from '../value.js';
import { constant, expand, int64s } from './elementwise.js';
import { type Shape, sameShape } from './shapes.js';

export function reshape(x: Value, shape: Shape): Value {
  if (sameShape(x.shape, shape)) return x;
  const { op, inputs, data } = x.operation;
  if (op === 'Constant') return constant(data!, shape, x.dtype);
  if (op === 'Reshape') return reshape(inputs[0]!, shape);
  if (op === 'Expand' && elements(inputs[0]!.shape) === 1) return expand(reshape(inputs[0]!, []), shape);
  return emit('Reshape', [x, int64s(shape)], shape, x.dtype);
}

export function transpose(x: Value, permutation: readonly number[]): Value {
  const shape = permutation.map((axis) => x.shape[axis]!);
  const order = permutation.filter((axis) => x.shape[axis] !== 1);
  if (order.every((axis, i) => i === 0 || axis > order[i - 1]!)) return reshape(x, shape);
  const { op, inputs, attributes } = x.operation;
  if (op === 'Transpose') {
    const first = (attributes.perm as { ints: readonly number[] }).ints;
    return transpose(
      inputs[0]!,
      permutation.map((axis) => first[axis]!),
    );
  }
  return emit('Transpose', [x], shape, x.dtype, { perm: { ints: permutation } });
}

/** Elements begin, begin + step, … of each axis, as many as `size` says. */
export function slice(x: Value, begin: Shape, size: Shape, steps: Shape = size.map(() => 1)): Value {
  if (sameShape(x.shape, size) && steps.every((step) => step === 1)) return x;
  const axes = size.map((_, axis) => axis).filter((axis) => size[axis] !== x.shape[axis] || steps[axis] !== 1);
  const starts = axes.map((axis) => begin[axis]!);
  const ends = axes.map((axis) => end(begin[axis]!, size[axis]!, steps[axis]!));
  const inputs = [starts, ends, axes, axes.map((axis) => steps[axis]!)].map(int64s);
  return emit('Slice', [x, ...inputs], size, x.dtype);
}

const beforeFirst = -2_147_483_648; // −1 would mean the last element

function end(begin: number, size: number, step: number): number {
  const last = begin + (size - 1) * step;
  if (step > 0) return last + 1;
  return last === 0 ? beforeFirst : last - 1;
}

export function concat(parts: readonly Value[], axis: number): Value {
  const first = parts[0]!;
  if (parts.length === 1) return first;
  const total = parts.reduce((sum, part) => sum + part.shape[axis]!, 0);
  const shape = first.shape.map((size, i) => (i === axis ? total : size));
  return emit('Concat', parts, shape, first.dtype, { axis: { int: axis } });
}

/** Constant values before and after each axis. */
export function pad(
  x: Value,
  paddings: readonly (readonly [number, number])[],
  value: number,
  mode = 'constant',
): Value {
  if (paddings.every(([before, after]) => before === 0 && after === 0)) return x;
  const shape = x.shape.map((size, axis) => size + paddings[axis]![0] + paddings[axis]![1]);
  const amounts = int64s([...paddings.map(([before]) => before), ...paddings.map(([, after]) => after)]);
  const inputs = mode === 'constant' ? [x, amounts, constant([value], [], x.dtype)] : [x, amounts];
  return emit('Pad', inputs, shape, x.dtype, { mode: { string: mode } });
}

/** Whole repetitions; those of an axis of size 1 are left to broadcasting. */
export function tile(x: Value, repeats: readonly number[]): Value {
  const shape = x.shape.map((size, axis) => size * repeats[axis]!);
  const whole = repeats.map((count, axis) => (x.shape[axis] === 1 ? 1 : count));
  if (whole.every((count) => count === 1)) return expand(x, shape);
  const tiled = x.shape.map((size, axis) => size * whole[axis]!);
  return expand(emit('Tile', [x, int64s(whole)], tiled, x.dtype), shape);
}
