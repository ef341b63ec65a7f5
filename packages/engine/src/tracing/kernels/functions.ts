import type { tf } from '../../tensorflow.js';
import type { Kernels } from '../kernel.js';
import { binary, cast, scalar, unary, where } from '../operations/elementwise.js';
import { positive } from '../operations/shapes.js';
import { emit } from '../recorder.js';
import type { Value } from '../value.js';
import { clip, multiply } from './arithmetic.js';

const sameName = ['Exp', 'Log', 'Sin', 'Cos', 'Tan', 'Asin', 'Acos', 'Atan', 'Sinh', 'Cosh', 'Tanh', 'Asinh', 'Acosh'];

/** Exponentials, trigonometry and the activations built from them. */
export const functions: Kernels = {
  ...Object.fromEntries([...sameName, 'Atanh', 'Erf'].map((op) => [op, ({ x }: { x: Value }) => unary(op, x)])),
  Log1p: ({ x }) => log1p(x),
  Expm1: ({ x }) => expm1(x),
  Sigmoid: ({ x }) => unary('Sigmoid', x),
  Softplus: ({ x }) => unary('Softplus', x),
  Softmax: ({ logits }, { dim }: tf.SoftmaxAttrs) => alongAxis('Softmax', logits, dim),
  LogSoftmax: ({ logits }, { axis }: tf.LogSoftmaxAttrs) => alongAxis('LogSoftmax', logits, axis),

  Relu: ({ x }) => relu(x),
  Relu6: ({ x }) => clip(x, 0, 6),
  LeakyRelu: ({ x }, { alpha }: tf.LeakyReluAttrs) => leakyRelu(x, scalar(alpha)),
  Prelu: ({ x, alpha }) => leakyRelu(x, alpha),
  Elu: ({ x }) => elu(x),
  EluGrad: ({ dy, y }) => where(binary('GreaterOrEqual', y, scalar(0)), dy, multiply(dy, binary('Add', y, scalar(1)))),
  Selu: ({ x }) => {
    const scaled = multiply(scalar(seluScaleAlpha), expm1(x));
    return where(binary('GreaterOrEqual', x, scalar(0)), multiply(scalar(seluScale), x), scaled);
  },
};

const seluScale = 1.0507009873554805;
const seluScaleAlpha = 1.7580993408473768;

export function relu(x: Value): Value {
  return x.dtype === 'float32' ? unary('Relu', x) : binary('Max', x, scalar(0, x.dtype));
}

export function elu(x: Value): Value {
  return unary('Elu', x);
}

export function leakyRelu(x: Value, slope: Value): Value {
  return where(binary('Less', x, scalar(0)), multiply(slope, x), x);
}

/**
 * ONNX has no log1p. Of exp(x) it is softplus(x); else Kahan's formula: u = 1 + x, log1p(x) = log(u) · x / (u − 1), where the rounding
 * of u cancels out.
 */
function log1p(x: Value): Value {
  if (x.operation.op === 'Exp') return unary('Softplus', x.operation.inputs[0]!);
  const u = binary('Add', x, scalar(1));
  const corrected = multiply(unary('Log', u), binary('Div', x, binary('Sub', u, scalar(1))));
  const large = where(binary('Equal', u, x), unary('Log', x), corrected);
  return where(binary('Equal', u, scalar(1)), x, large);
}

/** exp(x) − 1 = tanh(x / 2) · (exp(x) + 1), which keeps its digits near 0. */
function expm1(x: Value): Value {
  return multiply(unary('Tanh', multiply(x, scalar(0.5))), binary('Add', unary('Exp', x), scalar(1)));
}

function alongAxis(op: string, x: Value, axis: number): Value {
  const [from0] = positive(axis, x.shape.length);
  return emit(op, [cast(x, 'float32')], x.shape, 'float32', { axis: { int: from0! } });
}
