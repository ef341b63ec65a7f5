import { emit } from '../recorder.js';
import type { Value } from '../value.js';
import { transpose } from './layout.js';
import { broadcastShape } from './shapes.js';

/**
 * A product of two float matrices is a Gemm; of stacks of matrices, a MatMul. A transposed left side (the weight gradient) is
 * transposed by itself first: ONNX Runtime's Gemm is slower at it.
 */
export function matmul(a: Value, b: Value, transposeA: boolean, transposeB: boolean): Value {
  const left = transposeA ? swapLast(a) : a;
  if (left.shape.length === 2 && b.shape.length === 2 && a.dtype === 'float32') {
    const columns = transposeB ? b.shape[0]! : b.shape[1]!;
    return emit('Gemm', [left, b], [left.shape[0]!, columns], 'float32', { transB: { int: transposeB ? 1 : 0 } });
  }
  const right = transposeB ? swapLast(b) : b;
  const stack = broadcastShape(left.shape.slice(0, -2), right.shape.slice(0, -2));
  return emit('MatMul', [left, right], [...stack, left.shape.at(-2)!, right.shape.at(-1)!], a.dtype);
}

function swapLast(x: Value): Value {
  const axes = x.shape.map((_, axis) => axis);
  return transpose(x, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
}
