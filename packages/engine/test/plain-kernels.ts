import { tf } from '../dist/index.js';
import { bits, type Case, divisors, ids, images, integers, m } from './samples.ts';

/** Compared forward: they have no gradient, or TensorFlow.js gets it wrong. */
export const plain: Case[] = [
  ['where, of a comparison', { a: m, b: { shape: [3, 1] } }, ({ a, b }) => tf.where(tf.greater(a, b), a, tf.mul(b, 2))],
  ['prod', { x: m }, ({ x }) => tf.prod(x, 1)],
  ['cumsum, exclusive and reversed', { x: m }, ({ x }) => tf.cumsum(x, 0, true, true)],
  [
    'matMul, of stacks, transposed',
    { a: { shape: [2, 4, 3] }, b: { shape: [5, 4] } },
    ({ a, b }) => tf.matMul(a, tf.expandDims(b, 0), true, true),
  ],
  ['floorDiv', { a: integers, b: divisors }, ({ a, b }) => tf.floorDiv(a, b)],
  ['mod of integers', { a: integers, b: divisors }, ({ a, b }) => tf.mod(a, b)],
  [
    'arithmetic of integers',
    { a: integers, b: integers },
    ({ a, b }) => tf.sub(tf.mul(a, b), tf.maximum(a, tf.neg(b))),
  ],
  [
    'comparisons',
    { a: integers, b: integers },
    ({ a, b }) => tf.logicalOr(tf.less(a, b), tf.logicalAnd(tf.greaterEqual(a, b), tf.notEqual(a, b))),
  ],
  ['lessEqual, equal', { a: m, b: m }, ({ a, b }) => tf.logicalXor(tf.lessEqual(a, b), tf.equal(a, a))],
  ['logicalNot', { c: bits }, ({ c }) => tf.logicalNot(c)],
  ['where, of bools', { c: bits, d: bits }, ({ c, d }) => tf.where(c, d, tf.logicalNot(d))],
  ['where, of integers', { c: bits, a: integers }, ({ c, a }) => tf.where(c, a, tf.neg(a))],
  ['any', { c: bits }, ({ c }) => tf.any(c, 1)],
  ['all', { c: bits }, ({ c }) => tf.all(c, 0)],
  ['sum of bools', { c: bits }, ({ c }) => tf.sum(c, 1)],
  ['mean of integers', { a: integers }, ({ a }) => tf.mean(a, 1)],
  ['max of integers', { a: integers }, ({ a }) => tf.max(a, 1)],
  ['argMax', { x: m }, ({ x }) => tf.argMax(x, -1)],
  ['argMin', { x: m }, ({ x }) => tf.argMin(x, 0)],
  ['oneHot', { i: { shape: [5], dtype: 'int32', low: -1, high: 5 } }, ({ i }) => tf.oneHot(i, 4)],
  ['oneHot with values', { i: ids }, ({ i }) => tf.oneHot(i, 4, 3, -1)],
  ['cast to int32', { x: m }, ({ x }) => tf.cast(x, 'int32')],
  ['cast to bool', { a: integers }, ({ a }) => tf.cast(a, 'bool')],
  ['cast from bool', { c: bits }, ({ c }) => tf.cast(c, 'float32')],
  [
    'isNaN, isInf, isFinite',
    { x: m },
    ({ x }) => tf.logicalOr(tf.isNaN(tf.sqrt(x)), tf.logicalOr(tf.isInf(tf.div(x, 0)), tf.isFinite(x))),
  ],
  ['log1p at its ends', { x: m }, ({ x }) => tf.log1p(tf.div(tf.sign(x), tf.add(tf.mul(0, x), tf.scalar(0))))],
  [
    'fill, ones, zeros',
    { x: m },
    ({ x }) => tf.add(tf.mul(tf.fill([3, 4], 2.5), tf.onesLike(x)), tf.add(tf.zerosLike(x), tf.ones([3, 4]))),
  ],
  ['a result that is constant', { x: m }, () => tf.fill([2, 3], 1.5)],
  ['a result that is an input', { x: m }, ({ x }) => x],
  ['range, linspace', { x: { shape: [5] } }, ({ x }) => tf.mul(tf.add(tf.range(0, 5), x), tf.linspace(0, 1, 5))],
  ['stridedSlice', { x: { shape: [4, 6] } }, ({ x }) => tf.stridedSlice(x, [3, 0], [0, 6], [-2, 2])],
  [
    'stridedSlice, shrinking',
    { x: { shape: [4, 6] } },
    ({ x }) => tf.stridedSlice(x, [1, 2], [2, 5], [1, 1], 0, 0, 0, 0, 1),
  ],
  [
    'mirrorPad',
    { x: m },
    ({ x }) =>
      tf.mirrorPad(
        x as tf.Tensor2D,
        [
          [1, 1],
          [2, 0],
        ],
        'reflect',
      ),
  ],
  [
    'gather, by batch',
    { x: m, i: { shape: [3, 2], dtype: 'int32', low: 0, high: 4 } },
    ({ x, i }) => tf.gather(x, i as tf.Tensor, 1, 1),
  ],
  ['gatherND', { x: m, i: { shape: [5, 2], dtype: 'int32', low: 0, high: 3 } }, ({ x, i }) => tf.gatherND(x, i)],
  [
    'scatterND',
    { i: { shape: [5, 1], dtype: 'int32', low: 0, high: 3 }, u: { shape: [5, 4] } },
    ({ i, u }) => tf.scatterND(i as tf.Tensor2D, u, [6, 4]),
  ],
  ['einsum', { a: m, b: { shape: [4, 5] } }, ({ a, b }) => tf.einsum('ij,jk->ki', a, b)],
  [
    'fused matMul',
    { a: m, b: { shape: [4, 5] }, c: { shape: [5] } },
    ({ a, b, c }) => tf.fused.matMul({ a, b, bias: c, activation: 'relu' }),
  ],
  [
    'fused conv2d',
    { x: images, w: { shape: [3, 3, 3, 2] }, b: { shape: [2] } },
    ({ x, w, b }) =>
      tf.fused.conv2d({
        x: x as tf.Tensor4D,
        filter: w as tf.Tensor4D,
        strides: 1,
        pad: 'same',
        bias: b,
        activation: 'elu',
      }),
  ],
  [
    'conv2d, dilated',
    { x: images, w: { shape: [2, 2, 3, 2] } },
    ({ x, w }) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 'valid', 'NHWC', 2),
  ],
];
