import { TracingError } from '../../engine-error.js';
import { tf } from '../../tensorflow.js';
import type { Inputs, Kernels } from '../kernel.js';
import { binary } from '../operations/elementwise.js';
import { reshape, slice, transpose } from '../operations/layout.js';
import { emit } from '../recorder.js';
import type { Attribute, Value } from '../value.js';
import { activate } from './matmul.js';

type Info = tf.backend_util.Conv2DInfo;
type Attributes = Partial<tf.Conv2DAttrs> & Pick<tf.Conv2DAttrs, 'strides' | 'pad'>;

const toChannelsFirst = [0, 3, 1, 2];
const toChannelsLast = [0, 2, 3, 1];

/** Convolutions of images [N, H, W, C]; ONNX takes [N, C, H, W]. Transpositions that undo each other are never recorded. */
export const convolution: Kernels = {
  Conv2D: ({ x, filter }, attributes: tf.Conv2DAttrs) =>
    convolve(x, filter, conv2DInfo(x.shape, filter.shape, attributes, false)),
  Conv2DBackpropInput: ({ dy, filter }, attributes: tf.Conv2DBackpropInputAttrs) => {
    const info = conv2DInfo(attributes.inputShape, filter.shape, attributes, false);
    return inputGradient(dy, transpose(filter, [3, 2, 0, 1]), info, 1);
  },
  Conv2DBackpropFilter: ({ x, dy }, attributes: tf.Conv2DBackpropFilterAttrs) =>
    filterGradient(x, dy, conv2DInfo(x.shape, attributes.filterShape, attributes, false)),
  FusedConv2D: (inputs, attributes: tf.FusedConv2DAttrs) => {
    const info = conv2DInfo(inputs.x.shape, inputs.filter.shape, attributes, false);
    return fused(convolve(inputs.x, inputs.filter, info), inputs, attributes);
  },

  DepthwiseConv2dNative: ({ x, filter }, attributes: tf.DepthwiseConv2dNativeAttrs) =>
    convolveDepthwise(x, filter, conv2DInfo(x.shape, filter.shape, attributes, true)),
  DepthwiseConv2dNativeBackpropInput: ({ dy, filter }, attributes: tf.DepthwiseConv2dNativeBackpropInputAttrs) =>
    depthwiseInputGradient(dy, filter, conv2DInfo(attributes.inputShape, filter.shape, attributes, true)),
  DepthwiseConv2dNativeBackpropFilter: ({ x, dy }, attributes: tf.DepthwiseConv2dNativeBackpropFilterAttrs) =>
    depthwiseFilterGradient(x, dy, conv2DInfo(x.shape, attributes.filterShape, attributes, true)),
  FusedDepthwiseConv2D: (inputs, attributes: tf.FusedDepthwiseConv2DAttrs) => {
    const info = conv2DInfo(inputs.x.shape, inputs.filter.shape, attributes, true);
    return fused(convolveDepthwise(inputs.x, inputs.filter, info), inputs, attributes);
  },
};

function conv2DInfo(
  input: readonly number[],
  filter: readonly number[],
  attributes: Attributes,
  depthwise: boolean,
): Info {
  const { strides, pad, dilations, dimRoundingMode, dataFormat } = attributes;
  if (dataFormat === 'NCHW') throw new TracingError('convolutions take images as NHWC, got NCHW');
  const shapes = [input, filter] as unknown as [[number, number, number, number], [number, number, number, number]];
  return tf.backend_util.computeConv2DInfo(...shapes, strides, dilations ?? 1, pad, dimRoundingMode, depthwise);
}

function window({
  strideHeight,
  strideWidth,
  dilationHeight,
  dilationWidth,
  padInfo,
}: Info): Record<string, Attribute> {
  return {
    strides: { ints: [strideHeight, strideWidth] },
    dilations: { ints: [dilationHeight, dilationWidth] },
    pads: { ints: [padInfo.top, padInfo.left, padInfo.bottom, padInfo.right] },
  };
}

function convolve(x: Value, filter: Value, info: Info): Value {
  return correlate(x, transpose(filter, [3, 2, 0, 1]), info, 1);
}

function convolveDepthwise(x: Value, filter: Value, info: Info): Value {
  return correlate(x, depthwiseFilter(filter), info, info.inChannels);
}

/** [h, w, channels, multiplier] → [channels · multiplier, 1, h, w], ONNX's filter with one group for each channel. */
function depthwiseFilter(filter: Value): Value {
  const [height, width, channels, multiplier] = filter.shape as [number, number, number, number];
  const outputs = channels * multiplier;
  return reshape(transpose(reshape(filter, [height, width, outputs]), [2, 0, 1]), [outputs, 1, height, width]);
}

function correlate(x: Value, filter: Value, info: Info, groups: number): Value {
  const shape = [info.batchSize, info.outChannels, info.outHeight, info.outWidth];
  const attributes = { ...window(info), group: { int: groups } };
  const inputs = [transpose(x, toChannelsFirst), filter];
  return transpose(emit('Conv', inputs, shape, 'float32', attributes), toChannelsLast);
}

/** Each output spreads back over the window it came from. */
function inputGradient(dy: Value, filter: Value, info: Info, groups: number): Value {
  const { inHeight, inWidth, effectiveFilterHeight, effectiveFilterWidth, padInfo } = info;
  const covered = [
    (info.outHeight - 1) * info.strideHeight + effectiveFilterHeight - padInfo.top - padInfo.bottom,
    (info.outWidth - 1) * info.strideWidth + effectiveFilterWidth - padInfo.left - padInfo.right,
  ] as const;
  const missed = [inHeight - covered[0], inWidth - covered[1]];
  if (missed.some((rows) => rows < 0))
    throw new TracingError('convolutions that round their output size up cannot be traced');
  const attributes = { ...window(info), group: { int: groups }, output_padding: { ints: missed } };
  const shape = [info.batchSize, info.inChannels, inHeight, inWidth];
  const spread = emit('ConvTranspose', [transpose(dy, toChannelsFirst), filter], shape, 'float32', attributes);
  return transpose(spread, toChannelsLast);
}

/** One multiple at a time: ONNX Runtime's WebGPU provider gets several of them in a group of ConvTranspose wrong. */
function depthwiseInputGradient(dy: Value, filter: Value, info: Info): Value {
  const { batchSize, outHeight, outWidth, inChannels, outChannels, filterHeight, filterWidth } = info;
  const multiplier = outChannels / inChannels;
  const multiples = [...Array(multiplier).keys()].map((multiple) => {
    const share = slice(dy, [0, 0, 0, multiple], [batchSize, outHeight, outWidth, inChannels], [1, 1, 1, multiplier]);
    const part = slice(filter, [0, 0, 0, multiple], [filterHeight, filterWidth, inChannels, 1]);
    return inputGradient(share, depthwiseFilter(part), info, inChannels);
  });
  return multiples.reduce((sum, gradient) => binary('Add', sum, gradient));
}

/** The input correlated with the output's gradient, examples taking the place of channels; strides and dilations change roles. */
function filterGradient(x: Value, dy: Value, info: Info): Value {
  const inputs = [transpose(x, [3, 0, 1, 2]), transpose(dy, [3, 0, 1, 2])];
  const gradient = correlatedWithGradient(inputs, [info.inChannels, info.outChannels], info, 1);
  return transpose(gradient, [2, 3, 0, 1]);
}

/** The same with one group for each channel. */
function depthwiseFilterGradient(x: Value, dy: Value, info: Info): Value {
  const { batchSize, inChannels, outChannels, inHeight, inWidth, filterHeight, filterWidth } = info;
  const images = reshape(transpose(x, [3, 0, 1, 2]), [1, inChannels * batchSize, inHeight, inWidth]);
  const inputs = [images, transpose(dy, [3, 0, 1, 2])];
  const gradient = correlatedWithGradient(inputs, [1, outChannels], info, inChannels);
  const moved = transpose(reshape(gradient, [outChannels, filterHeight, filterWidth]), [1, 2, 0]);
  return reshape(moved, [filterHeight, filterWidth, inChannels, outChannels / inChannels]);
}

/** [..., filterHeight, filterWidth]: rows and columns that no whole window reached are cut off. */
function correlatedWithGradient(inputs: Value[], leading: readonly number[], info: Info, groups: number): Value {
  const { strideHeight, strideWidth, dilationHeight, dilationWidth, padInfo } = info;
  const reach = (
    size: number,
    before: number,
    after: number,
    outputs: number,
    stride: number,
    dilation: number,
  ): number => Math.floor((size + before + after - (outputs - 1) * stride - 1) / dilation) + 1;
  const rows = reach(info.inHeight, padInfo.top, padInfo.bottom, info.outHeight, strideHeight, dilationHeight);
  const columns = reach(info.inWidth, padInfo.left, padInfo.right, info.outWidth, strideWidth, dilationWidth);
  const attributes = {
    ...window(info),
    strides: { ints: [dilationHeight, dilationWidth] },
    dilations: { ints: [strideHeight, strideWidth] },
    group: { int: groups },
  };
  const all = emit('Conv', inputs, [...leading, rows, columns], 'float32', attributes);
  return slice(all, [0, 0, 0, 0], [...leading, info.filterHeight, info.filterWidth]);
}

function fused(x: Value, { bias, preluActivationWeights }: Inputs, attributes: tf.FusedConv2DAttrs): Value {
  return activate(bias ? binary('Add', x, bias) : x, attributes, preluActivationWeights);
}
