import type { tf } from '../../tensorflow.js';
import type { Kernels } from '../kernel.js';
import { binary, cast, expand, mask, scalar, unary, unexpanded, where } from '../operations/elementwise.js';
import { emit } from '../recorder.js';
import type { Value } from '../value.js';

/** Sums, products and other arithmetic of two tensors, and the simple functions of one. */
export const arithmetic: Kernels = {
  Add: ({ a, b }) => binary('Add', a, b),
  AddN: (_inputs, _attributes, list) => list.reduce((sum, x) => binary('Add', sum, x)),
  Sub: ({ a, b }) => binary('Sub', a, b),
  Multiply: ({ a, b }) => multiply(a, b),
  RealDiv: ({ a, b }) => binary('Div', a, b),
  FloorDiv: ({ a, b }) => floorDivide(a, b),
  Mod: ({ a, b }) => floorRemainder(a, b),
  Pow: ({ a, b }) => binary('Pow', a, b),
  Maximum: ({ a, b }) => ordered('Max', a, b),
  Minimum: ({ a, b }) => ordered('Min', a, b),
  SquaredDifference: ({ a, b }) => square(binary('Sub', a, b)),

  Abs: ({ x }) => unary('Abs', x),
  Neg: ({ x }) => unary('Neg', x),
  Square: ({ x }) => square(x),
  Sqrt: ({ x }) => unary('Sqrt', x),
  Rsqrt: ({ x }) => unary('Reciprocal', unary('Sqrt', x)),
  Reciprocal: ({ x }) => unary('Reciprocal', x),
  Floor: ({ x }) => rounded('Floor', x),
  Ceil: ({ x }) => rounded('Ceil', x),
  Round: ({ x }) => rounded('Round', x),
  // ONNX's own Sign has no WebGPU kernel.
  Sign: ({ x }) => {
    const zero = scalar(0, x.dtype);
    return binary('Sub', mask(binary('Greater', x, zero), x.dtype), mask(binary('Less', x, zero), x.dtype));
  },
  ClipByValue: ({ x }, { clipValueMin, clipValueMax }: tf.ClipByValueAttrs) => clip(x, clipValueMin, clipValueMax),
  Step: ({ x }, { alpha }: tf.StepAttrs) => {
    const above = mask(binary('Greater', x, scalar(0)));
    return alpha === 0 ? above : where(binary('Greater', x, scalar(0)), scalar(1), scalar(alpha));
  },
};

export function multiply(a: Value, b: Value): Value {
  return binary('Mul', a, b);
}

export function square(x: Value): Value {
  return multiply(x, x);
}

/** Between the bounds, which are never tensors. */
export function clip(x: Value, low: number, high: number): Value {
  const source = unexpanded(x);
  const bounds = [scalar(low, x.dtype), scalar(high, x.dtype)];
  return expand(emit('Clip', [source, ...bounds], source.shape, x.dtype), x.shape);
}

function ordered(op: 'Max' | 'Min', a: Value, b: Value): Value {
  return a.dtype === 'bool' ? cast(binary(op, cast(a, 'int32'), cast(b, 'int32')), 'bool') : binary(op, a, b);
}

function rounded(op: string, x: Value): Value {
  return x.dtype === 'float32' ? unary(op, x) : x;
}

/** Towards −∞, of integers exactly. */
function floorDivide(a: Value, b: Value): Value {
  if (a.dtype === 'float32') return unary('Floor', binary('Div', a, b));
  return binary('Div', binary('Sub', a, binary('Mod', a, b)), b);
}

/** With the sign of the divisor, as TensorFlow.js has it; ONNX has that for integers alone. */
function floorRemainder(a: Value, b: Value): Value {
  if (a.dtype !== 'float32') return binary('Mod', a, b);
  const truncated = (x: Value): Value => {
    const [left, right] = [unexpanded(x), unexpanded(b)];
    const shape = binary('Add', left, right).shape;
    return emit('Mod', [left, right], shape, 'float32', { fmod: { int: 1 } });
  };
  const zero = scalar(0);
  const sameSign = unary('Not', binary('Xor', binary('Less', a, zero), binary('Less', b, zero)));
  return where(sameSign, truncated(a), truncated(binary('Add', truncated(a), b)));
}
