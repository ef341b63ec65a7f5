import { tf } from '../../tensorflow.js';
import type { Kernels } from '../kernel.js';
import { binary, constant, mask, scalar, unary } from '../operations/elementwise.js';
import { concat, pad, reshape, slice } from '../operations/layout.js';
import type { Value } from '../value.js';
import { multiply } from './arithmetic.js';

type Info = tf.backend_util.Conv2DInfo;

/**
 * Pooling of images [N, H, W, C] by slices: the value at one place of every window is a strided slice, so a window is a few
 * elementwise operators, and no positions are kept (ONNX's own MaxPool fails with them on WebGPU).
 */
export const pooling: Kernels = {
  MaxPool: ({ x }, attributes: tf.MaxPoolAttrs) => {
    const info = poolInfo(x.shape, attributes);
    return places(x, info, -Infinity).reduce((largest, place) => binary('Max', largest, place));
  },
  // The gradient goes to the first maximum of a window, as in TensorFlow.js.
  MaxPoolGrad: ({ dy, input, output }, attributes: tf.MaxPoolGradAttrs) => {
    const info = poolInfo(input.shape, attributes);
    let taken: Value | null = null;
    const shares = places(input, info, -Infinity).map((place) => {
      const equal = binary('Equal', place, output);
      const first: Value = taken ? binary('And', equal, unary('Not', taken)) : equal;
      taken = taken ? binary('Or', taken, equal) : equal;
      return multiply(dy, mask(first));
    });
    return putBack(shares, info);
  },
  AvgPool: ({ x }, attributes: tf.AvgPoolAttrs) => {
    const info = poolInfo(x.shape, attributes);
    const total = places(x, info, 0).reduce((sum, place) => binary('Add', sum, place));
    return binary('Div', total, windowSizes(info));
  },
  // TensorFlow.js divides by the whole window here, also where part of it was padding.
  AvgPoolGrad: ({ dy, input }, attributes: tf.AvgPoolGradAttrs) => {
    const info = poolInfo(input.shape, attributes);
    const { filterHeight, filterWidth } = info;
    const share = multiply(dy, scalar(1 / (filterHeight * filterWidth)));
    return putBack(new Array<Value>(filterHeight * filterWidth).fill(share), info);
  },
};

function poolInfo(shape: readonly number[], { filterSize, strides, pad, dimRoundingMode }: tf.MaxPoolAttrs): Info {
  const images = shape as [number, number, number, number];
  return tf.backend_util.computePool2DInfo(images, filterSize, strides, 1, pad, dimRoundingMode);
}

/** Padding before and after the rows and columns, so that every window lies within. */
function paddings(info: Info): [[number, number], [number, number]] {
  const { padInfo, inHeight, inWidth, outHeight, outWidth, strideHeight, strideWidth, filterHeight, filterWidth } =
    info;
  const height = (outHeight - 1) * strideHeight + filterHeight;
  const width = (outWidth - 1) * strideWidth + filterWidth;
  return [
    [padInfo.top, Math.max(0, height - inHeight - padInfo.top)],
    [padInfo.left, Math.max(0, width - inWidth - padInfo.left)],
  ];
}

/** For each place of a window, row by row: what lies there, [N, outHeight, outWidth, C]. */
function places(x: Value, info: Info, padding: number): Value[] {
  const [rows, columns] = paddings(info);
  const padded = pad(x, [[0, 0], rows, columns, [0, 0]], padding);
  const size = [info.batchSize, info.outHeight, info.outWidth, info.inChannels];
  const steps = [1, info.strideHeight, info.strideWidth, 1];
  return offsets(info).map(([row, column]) => slice(padded, [0, row, column, 0], size, steps));
}

function offsets({ filterHeight, filterWidth }: Info): [number, number][] {
  const rows = [...Array(filterHeight).keys()];
  return rows.flatMap((row) => [...Array(filterWidth).keys()].map((column): [number, number] => [row, column]));
}

/** The reverse of `places`: each share at its place of its window, added up where windows overlap. [N, H, W, C] */
function putBack(shares: readonly Value[], info: Info): Value {
  const { filterHeight, filterWidth, strideHeight, strideWidth } = info;
  const [rows, columns] = paddings(info);
  const height = rows[0] + info.inHeight + rows[1];
  const width = columns[0] + info.inWidth + columns[1];
  const tiled = filterHeight === strideHeight && filterWidth === strideWidth;
  const whole = tiled ? interleaved(shares, info, height, width) : overlapped(shares, info, height, width);
  const size = [info.batchSize, info.inHeight, info.inWidth, info.inChannels];
  return slice(whole, [0, rows[0], columns[0], 0], size);
}

function interleaved(shares: readonly Value[], info: Info, height: number, width: number): Value {
  const { batchSize, outHeight, outWidth, inChannels, filterHeight, filterWidth } = info;
  const small = shares.map((share) => reshape(share, [batchSize, outHeight, 1, outWidth, 1, inChannels]));
  const lines = [...Array(filterHeight).keys()].map((row) =>
    concat(small.slice(row * filterWidth, (row + 1) * filterWidth), 4),
  );
  const [rows, columns] = [outHeight * filterHeight, outWidth * filterWidth];
  return fitted(reshape(concat(lines, 2), [batchSize, rows, columns, inChannels]), height, width, 0, 0);
}

function overlapped(shares: readonly Value[], info: Info, height: number, width: number): Value {
  const { batchSize, outHeight, outWidth, inChannels, strideHeight, strideWidth } = info;
  const spread = shares.map((share) => {
    const small = reshape(share, [batchSize, outHeight, 1, outWidth, 1, inChannels]);
    const gaps: [number, number][] = [
      [0, 0],
      [0, 0],
      [0, strideHeight - 1],
      [0, 0],
      [0, strideWidth - 1],
      [0, 0],
    ];
    return reshape(pad(small, gaps, 0), [batchSize, outHeight * strideHeight, outWidth * strideWidth, inChannels]);
  });
  const placed = offsets(info).map(([row, column], i) => fitted(spread[i]!, height, width, row, column));
  return placed.reduce((sum, part) => binary('Add', sum, part));
}

/** Zeros [N, height, width, C] with x written from (row, column) on; what of x lies beyond is zero already. */
function fitted(x: Value, height: number, width: number, row: number, column: number): Value {
  const [batch, rows, columns, channels] = x.shape as [number, number, number, number];
  const kept = [batch, Math.min(rows, height - row), Math.min(columns, width - column), channels];
  const cut = slice(x, [0, 0, 0, 0], kept);
  const below = height - row - kept[1]!;
  const right = width - column - kept[2]!;
  return pad(
    cut,
    [
      [0, 0],
      [row, below],
      [column, right],
      [0, 0],
    ],
    0,
  );
}

/** How many places of each window are no padding: [] or [1, outHeight, outWidth, 1]. */
function windowSizes(info: Info): Value {
  const { outHeight, outWidth, strideHeight, strideWidth, filterHeight, filterWidth, padInfo } = info;
  const within = (at: number, size: number, length: number): number => Math.min(at + size, length) - Math.max(at, 0);
  const rows = [...Array(outHeight).keys()].map((y) =>
    within(y * strideHeight - padInfo.top, filterHeight, info.inHeight),
  );
  const columns = [...Array(outWidth).keys()].map((x) =>
    within(x * strideWidth - padInfo.left, filterWidth, info.inWidth),
  );
  const whole = rows.every((n) => n === filterHeight) && columns.every((n) => n === filterWidth);
  if (whole) return scalar(filterHeight * filterWidth);
  return constant(
    rows.flatMap((n) => columns.map((m) => n * m)),
    [1, outHeight, outWidth, 1],
    'float32',
  );
}
