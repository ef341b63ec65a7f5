import { TracingError } from '../../engine-error.js';
import type { tf } from '../../tensorflow.js';
import type { Kernels } from '../kernel.js';
import { binary, scalar, unary } from '../operations/elementwise.js';
import { matmul } from '../operations/matmul.js';
import { emit } from '../recorder.js';
import type { Value } from '../value.js';
import { clip } from './arithmetic.js';
import { elu, leakyRelu, relu } from './functions.js';

export const products: Kernels = {
  BatchMatMul: ({ a, b }, { transposeA, transposeB }: tf.BatchMatMulAttrs) => matmul(a, b, transposeA, transposeB),
  _FusedMatMul: ({ a, b, bias, preluActivationWeights }, attributes: tf._FusedMatMulAttrs) => {
    const product = matmul(a, b, attributes.transposeA, attributes.transposeB);
    return activate(bias ? binary('Add', product, bias) : product, attributes, preluActivationWeights);
  },
  Einsum: (_inputs, { equation }: tf.EinsumAttrs, list) => {
    const sizes = new Map<string, number>();
    const [from, to] = equation.replaceAll(' ', '').split('->') as [string, string];
    for (const [i, letters] of from.split(',').entries()) {
      for (const [axis, letter] of [...letters].entries()) sizes.set(letter, list[i]!.shape[axis]!);
    }
    const shape = [...to].map((letter) => sizes.get(letter)!);
    return emit('Einsum', list, shape, 'float32', { equation: { string: `${from}->${to}` } });
  },
};

/** What TensorFlow.js fuses into a product or convolution outside of gradients. */
export function activate(
  x: Value,
  { activation, leakyreluAlpha }: Pick<tf._FusedMatMulAttrs, 'activation' | 'leakyreluAlpha'>,
  slope: Value | undefined,
): Value {
  if (activation === 'linear') return x;
  if (activation === 'relu') return relu(x);
  if (activation === 'relu6') return clip(x, 0, 6);
  if (activation === 'elu') return elu(x);
  if (activation === 'sigmoid') return unary('Sigmoid', x);
  if (activation === 'leakyrelu') return leakyRelu(x, scalar(leakyreluAlpha ?? 0.2));
  if (activation === 'prelu' && slope) return leakyRelu(x, slope);
  throw new TracingError(`the activation '${activation}' has no ONNX mapping`);
}
