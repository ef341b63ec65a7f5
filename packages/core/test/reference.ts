import type { ModelSpec } from '../dist/index.js';

/** A batch for the reference: everything in float64, row-major. */
export interface ReferenceBatch {
  readonly inputSize: number;
  readonly classes: number;
  readonly x: Float64Array;
  readonly labels: readonly number[];
  readonly masks: Record<string, ArrayLike<number>> | undefined;
  readonly lossScale: number;
}

type Values = Record<string, Float64Array>;

/** The loss of a batch in plain float64 JavaScript, one example at a time: what the tensors are checked against. */
export function referenceLoss(spec: ModelSpec, values: Values, batch: ReferenceBatch): number {
  let sum = 0;
  for (const [example, label] of batch.labels.entries()) {
    const z = referenceLogits(spec, values, batch, example);
    if (spec.kind === 'logistic') sum += Math.log1p(Math.exp(label === 1 ? -z[0]! : z[0]!));
    else sum += Math.log(z.reduce((total, zj) => total + Math.exp(zj), 0)) - z[label]!;
  }
  return sum * batch.lossScale;
}

/** d loss / d values[i] by central differences; in float64 good to about 1e-9. */
export function finiteDifferences(loss: () => number, values: Float64Array, h = 1e-5): number[] {
  return [...values.keys()].map((i) => {
    const value = values[i]!;
    values[i] = value + h;
    const above = loss();
    values[i] = value - h;
    const below = loss();
    values[i] = value;
    return (above - below) / (2 * h);
  });
}

function referenceLogits(spec: ModelSpec, values: Values, batch: ReferenceBatch, example: number): number[] {
  const { inputSize, masks } = batch;
  let h = [...batch.x.subarray(example * inputSize, (example + 1) * inputSize)];
  if (spec.kind === 'softmax' || spec.kind === 'logistic') return affine(h, values, 'output');
  h = drop(h, masks?.input, example, spec.inputScale);
  for (const [i, layer] of spec.layers.entries()) {
    const linear = affine(h, values, `hidden${i}`);
    if ('pieces' in layer) {
      const pieceOf = (unit: number) => linear.filter((_, column) => column % layer.units === unit);
      h = Array.from({ length: layer.units }, (_, unit) => Math.max(...pieceOf(unit)));
    } else if (spec.kind === 'mlp') {
      h = linear.map(activation[spec.activation]);
    }
    h = drop(h, masks?.[`hidden${i}`], example, layer.scale);
  }
  return affine(h, values, 'output');
}

const activation = {
  relu: (a: number) => Math.max(0, a),
  sigmoid: (a: number) => 1 / (1 + Math.exp(-a)),
  tanh: (a: number) => Math.tanh(a),
};

function affine(h: number[], values: Values, layer: string): number[] {
  const kernel = values[`${layer}/kernel`]!;
  const bias = values[`${layer}/bias`]!;
  return [...bias].map((b, j) => h.reduce((total, hi, i) => total + hi * kernel[i * bias.length + j]!, b));
}

function drop(h: number[], mask: ArrayLike<number> | undefined, example: number, scale: number): number[] {
  return mask === undefined ? h : h.map((hi, i) => hi * mask[example * h.length + i]! * scale);
}
