import type { DataSet } from '@sparring/data';
import type { SessionOptions } from './session.js';

/**
 * What of a run its programs are made from: runs of the same shape compile to the same ones. The seed is not in it, since whatever is drawn is
 * an input, nor are learning rates and the length of the run, since rates are. Momentum is: where it is always 0 there is no velocity.
 */
export function shapeOf({
  engine,
  definition,
  dataSet,
  stepsPerCall,
}: Omit<SessionOptions, 'dataSet'> & { readonly dataSet: Pick<DataSet, 'inputSize' | 'classes'> }): string {
  const { seed: _, epochs: __, optimizer, ...rest } = definition;
  const { learningRate: ___, ...update } = optimizer;
  const { inputSize, classes } = dataSet;
  return JSON.stringify({ engine, ...rest, update, stepsPerCall, inputSize, classes });
}
