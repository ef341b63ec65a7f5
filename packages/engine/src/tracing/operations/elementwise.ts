import { emit, recorder } from '../recorder.js';
import type { Value, ValueType } from '../value.js';
import { broadcastShape, sameShape } from './shapes.js';

export function constant(data: readonly number[], shape: readonly number[], dtype: ValueType): Value {
  return recorder().record({ op: 'Constant', inputs: [], attributes: {}, data }, shape, dtype);
}

export function scalar(value: number, dtype: ValueType = 'float32'): Value {
  return constant([dtype === 'float32' ? Math.fround(value) : value], [], dtype);
}

/** Shapes, axes and positions. */
export function int64s(values: readonly number[]): Value {
  return constant(values, [values.length], 'int64');
}

/** Repeats along axes of size 1 (and new leading ones). Broadcasting operators look through it: most are never computed. */
export function expand(x: Value, shape: readonly number[]): Value {
  if (sameShape(x.shape, shape)) return x;
  const source = unexpanded(x);
  return emit('Expand', [source, int64s(shape)], shape, x.dtype);
}

/** What is left of x for an operator that broadcasts. */
export function unexpanded(x: Value): Value {
  return x.operation.op === 'Expand' ? x.operation.inputs[0]! : x;
}

export function unary(op: string, x: Value, dtype: ValueType = x.dtype): Value {
  const source = unexpanded(x);
  return expand(emit(op, [source], source.shape, dtype), x.shape);
}

const comparisons = new Set(['Equal', 'Greater', 'GreaterOrEqual', 'Less', 'LessOrEqual']);

/** A broadcasting operator of two inputs of one type. */
export function binary(op: string, a: Value, b: Value): Value {
  const shape = broadcastShape(a.shape, b.shape);
  const [left, right] = [unexpanded(a), unexpanded(b)];
  const dtype = comparisons.has(op) ? 'bool' : a.dtype;
  const small = broadcastShape(left.shape, right.shape);
  return expand(simplified(op, left, right) ?? emit(op, [left, right], small, dtype), shape);
}

/** Only what is exact: scalar arithmetic as float32 does it, x · 1, x / 1. */
function simplified(op: string, a: Value, b: Value): Value | null {
  const [left, right] = [scalarOf(a), scalarOf(b)];
  if (a.dtype !== 'float32') return null;
  if (right === 1 && (op === 'Mul' || op === 'Div') && sameShape(broadcastShape(a.shape, b.shape), a.shape)) return a;
  if (left === 1 && op === 'Mul' && sameShape(broadcastShape(a.shape, b.shape), b.shape)) return b;
  if (left === null || right === null) return null;
  const shape = broadcastShape(a.shape, b.shape);
  const fold = (result: number) => constant([Math.fround(result)], shape, 'float32');
  if (op === 'Add') return fold(left + right);
  if (op === 'Sub') return fold(left - right);
  if (op === 'Mul') return fold(left * right);
  return op === 'Div' ? fold(left / right) : null;
}

function scalarOf({ operation, dtype }: Value): number | null {
  if (operation.op !== 'Constant' || dtype !== 'float32' || operation.data?.length !== 1) return null;
  return operation.data[0]!;
}

/** condition ? a : b, all broadcast. */
export function where(condition: Value, a: Value, b: Value): Value {
  const shape = broadcastShape(condition.shape, broadcastShape(a.shape, b.shape));
  const parts = [condition, a, b].map(unexpanded) as [Value, Value, Value];
  const small = parts.map((part) => part.shape).reduce(broadcastShape);
  if (a.dtype === 'bool') {
    const [c, yes, no] = parts;
    return binary('Or', binary('And', c, yes), binary('And', unary('Not', c), no));
  }
  return expand(emit('Where', parts, small, a.dtype), shape);
}

export function cast(x: Value, dtype: ValueType): Value {
  if (x.dtype === dtype) return x;
  const source = unexpanded(x);
  const { op, inputs } = source.operation;
  if (op === 'Cast' && inputs[0]!.dtype === 'bool') return expand(cast(inputs[0]!, dtype), x.shape);
  if (op === 'Constant' && dtype !== 'bool' && source.dtype !== 'float32') {
    return expand(constant(source.operation.data!, source.shape, dtype), x.shape);
  }
  return expand(emit('Cast', [source], source.shape, dtype, { to: { string: dtype } }), x.shape);
}

/** 1 where the condition holds, else 0. */
export function mask(condition: Value, dtype: ValueType = 'float32'): Value {
  return cast(condition, dtype);
}
