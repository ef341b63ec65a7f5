import { type Tensors, tf } from '@sparring/engine/tensorflow';
import { applyDropout, dropoutOf } from './dropout.js';
import { initializeKernel, type KernelSize } from './initialization.js';
import type { Dropout, HiddenLayer, InitSpec, Model, ModelData, RandomSource } from './model.js';
import { parameterNamed } from './parameter.js';

/** A hidden layer: x → activate(x · kernel + bias), the kernel being [in, units × pieces]. */
export interface Hidden extends HiddenLayer {
  readonly pieces: number;
  /** [B, units × pieces] → [B, units]. */
  activate(preactivations: tf.Tensor2D): tf.Tensor2D;
}

/** Fully connected layers from the input to the logits; all models of this package are made of it. */
export interface FeedForward {
  readonly hidden: readonly Hidden[];
  readonly inputKeep: number;
  readonly inputScale: number;
  readonly init: InitSpec;
  readonly loss: Model['loss'];
}

interface Layer extends KernelSize {
  readonly name: string;
  readonly activate: (preactivations: tf.Tensor2D) => tf.Tensor2D;
}

/** Builds the model. Throws where a size, keep or scale is impossible, naming the layer. */
export function feedForward(net: FeedForward, data: ModelData): Model {
  requireCount('inputSize', data.inputSize);
  requireCount('classes', data.classes);
  requireInit(net.init);
  const layers: Layer[] = [];
  const dropouts: (Dropout | undefined)[] = [dropoutOf('input', data.inputSize, net.inputKeep, net.inputScale)];
  let fanIn = data.inputSize;
  for (const [i, { units, pieces, keep, scale, activate }] of net.hidden.entries()) {
    const name = `hidden${i}`;
    requireCount(`${name}: units`, units);
    requireCount(`${name}: pieces`, pieces);
    layers.push({ name, fanIn, fanOut: units, pieces, activate });
    dropouts.push(dropoutOf(name, units, keep, scale));
    fanIn = units;
  }
  const outputs = net.loss === 'softplus' ? 1 : data.classes;
  layers.push({ name: 'output', fanIn, fanOut: outputs, pieces: 1, activate: (logits) => logits });

  const parameters: Record<string, readonly number[]> = {};
  for (const { name, fanIn, fanOut, pieces } of layers) {
    parameters[`${name}/kernel`] = [fanIn, fanOut * pieces];
    parameters[`${name}/bias`] = [fanOut * pieces];
  }

  return {
    inputSize: data.inputSize,
    classes: data.classes,
    loss: net.loss,
    parameters,
    dropout: dropouts.filter((dropout) => dropout !== undefined),

    initialize(random: RandomSource) {
      const values: Record<string, Float32Array> = {};
      for (const layer of layers) {
        values[`${layer.name}/kernel`] = initializeKernel(net.init, layer, random);
        values[`${layer.name}/bias`] = new Float32Array(layer.fanOut * layer.pieces);
      }
      return values;
    },

    logits(values: Tensors, x: tf.Tensor2D, masks?: Tensors) {
      if (x.shape[1] !== data.inputSize)
        throw new Error(`x: expected [B, ${data.inputSize}], got [${x.shape.join(', ')}]`);
      let activations = applyDropout(x, dropouts[0], masks);
      for (const [i, { name, fanIn, fanOut, pieces, activate }] of layers.entries()) {
        const kernel = parameterNamed<tf.Tensor2D>(values, `${name}/kernel`, [fanIn, fanOut * pieces]);
        const bias = parameterNamed<tf.Tensor1D>(values, `${name}/bias`, [fanOut * pieces]);
        activations = applyDropout(activate(tf.add(tf.matMul(activations, kernel), bias)), dropouts[i + 1], masks);
      }
      return activations;
    },
  };
}

function requireCount(what: string, n: number): void {
  if (!Number.isInteger(n) || n < 1) throw new Error(`${what}: expected a whole number above 0, got ${n}`);
}

function requireInit(init: InitSpec): void {
  if (init.kind === 'uniform' && !(init.range >= 0 && Number.isFinite(init.range))) {
    throw new Error(`init: uniform takes a range of 0 or more, got ${init.range}`);
  }
}
