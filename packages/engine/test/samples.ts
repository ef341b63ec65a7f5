import type { tf } from '../dist/index.js';
import type { Sample } from './parity.ts';

type Names = 'a' | 'b' | 'c' | 'd' | 'i' | 't' | 'u' | 'w' | 'x' | 'alpha' | 'mean' | 'variance' | 'scale' | 'offset';
type Given = Record<Names, tf.Tensor>;
export type Case = [name: string, samples: Record<string, Sample>, y: (inputs: Given) => tf.Tensor];

export const m: Sample = { shape: [3, 4] };
export const positive: Sample = { shape: [3, 4], low: 0.1, high: 3 };
export const unit: Sample = { shape: [3, 4], low: -0.9, high: 0.9 };
export const integers: Sample = { shape: [3, 4], dtype: 'int32', low: -9, high: 9 };
export const bits: Sample = { shape: [3, 4], dtype: 'bool' };
export const divisors: Sample = { shape: [3, 4], dtype: 'int32', low: 1, high: 5 };
export const ids: Sample = { shape: [5], dtype: 'int32', low: 0, high: 3 };
export const images: Sample = { shape: [2, 7, 6, 3] };
