import { type DataSet, loadDataSet } from '@sparring/data';

/** 6 × 6 images of ten classes: 100 for training, 20 for validation, 20 for test. */
export function smallData(): Promise<DataSet> {
  const synthetic = { train: 120, test: 20, classes: 10, side: 6, noise: 0.3 };
  return loadDataSet({ set: 'synthetic', validation: 20, synthetic });
}
