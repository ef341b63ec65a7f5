export { batchIndices, batchOrder, readBatch, type ShardPlace, stepsPerEpoch } from './batches.js';
export { DataError } from './data-error.js';
export { type DataSet, type DataSpec, loadDataSet } from './data-set.js';
export { keepProbability } from './mask.js';
export { Random } from './random.js';
export type { Purpose, RandomKey } from './random-key.js';
export type { Split } from './split.js';
export { DEFAULT_SYNTHETIC, type SyntheticSpec } from './synthetic.js';
