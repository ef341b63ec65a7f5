import { type Program, piece, type TensorSpec, type Tensors, tf } from '../dist/index.js';

const float = (...shape: number[]): TensorSpec => ({ shape, dtype: 'float32' });

export interface Sizes {
  readonly batch: number;
  readonly inputs: number;
  readonly units: number;
  readonly pieces: number;
  readonly classes: number;
}

export const small: Sizes = { batch: 10, inputs: 20, units: 16, pieces: 3, classes: 4 };

export function parametersOf({ inputs, units, pieces, classes }: Sizes): Record<string, TensorSpec> {
  return {
    'hidden0/kernel': float(inputs, units * pieces),
    'hidden0/bias': float(units * pieces),
    'hidden1/kernel': float(units, units * pieces),
    'hidden1/bias': float(units * pieces),
    'output/kernel': float(units, classes),
    'output/bias': float(classes),
  };
}

/** A maxout net, pieces before units: [B, P, H]. */
export function logits(parameters: Tensors, x: tf.Tensor, { pieces, units }: Sizes): tf.Tensor {
  let hidden = x;
  for (const layer of ['hidden0', 'hidden1']) {
    const z = tf.add(tf.matMul(hidden, parameters[`${layer}/kernel`]!), parameters[`${layer}/bias`]!);
    hidden = tf.max(tf.reshape(z, [-1, pieces, units]), 1);
  }
  return tf.add(tf.matMul(hidden, parameters['output/kernel']!), parameters['output/bias']!);
}

/** The pieces of an adversarial training step. */
export function piecesOf(sizes: Sizes) {
  const names = Object.keys(parametersOf(sizes));
  const named = (tensors: readonly tf.Tensor[]): Tensors =>
    Object.fromEntries(names.map((name, i) => [name, tensors[i]!]));
  const pass = (
    parameters: Tensors,
    x: tf.Tensor,
    y: tf.Tensor,
  ): { loss: tf.Tensor; inputGradient: tf.Tensor; gradients: Tensors } => {
    const loss = (...[input, ...rest]: tf.Tensor[]): tf.Tensor => {
      const z = logits(named(rest), input!, sizes);
      const losses = tf.sub(tf.logSumExp(z, 1), tf.sum(tf.mul(z, tf.oneHot(y, sizes.classes)), 1));
      return tf.div(tf.sum(losses), sizes.batch);
    };
    const { value, grads } = tf.valueAndGrads(loss)([x, ...names.map((name) => parameters[name]!)]);
    return { loss: value, inputGradient: grads[0]!, gradients: named(grads.slice(1)) };
  };
  return {
    pass: piece('pass', pass),
    fgsm: piece('fgsm', (x: tf.Tensor, gradient: tf.Tensor) => tf.add(x, tf.mul(0.25, tf.sign(gradient)))),
    combine: piece('combine', (clean: Tensors, adversarial: Tensors) =>
      named(names.map((name) => tf.add(tf.mul(0.3, clean[name]!), tf.mul(0.7, adversarial[name]!)))),
    ),
    update: piece('update', (parameters: Tensors, gradients: Tensors, rate: tf.Tensor) =>
      named(names.map((name) => tf.sub(parameters[name]!, tf.mul(rate, gradients[name]!)))),
    ),
  };
}

/** Clean pass, attack, adversarial pass and update as one program; parameters are its state. */
export function stepProgram(sizes: Sizes, scan: boolean): Program {
  const parameters = parametersOf(sizes);
  const names = Object.keys(parameters);
  const { pass, fgsm, combine, update } = piecesOf(sizes);
  return {
    name: 'step',
    inputs: {
      ...parameters,
      x: float(sizes.batch, sizes.inputs),
      y: { shape: [sizes.batch], dtype: 'int32' },
      rate: float(),
    },
    fn: ({ x, y, rate, ...rest }) => {
      const clean = pass(rest, x!, y!);
      const adversarial = pass(rest, fgsm(x!, clean.inputGradient), y!);
      const next = update(rest, combine(clean.gradients, adversarial.gradients), rate!);
      return { ...next, loss: clean.loss, adversarialLoss: adversarial.loss };
    },
    ...(scan ? { scan: { state: names, sequence: ['x', 'y'] } } : {}),
  };
}
