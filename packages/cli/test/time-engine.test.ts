import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadDataSet } from '@sparring/data';
import { resolveConfig } from '@sparring/runtime';
import { timeEngine } from '../dist/host/time-engine.js';

/** Its first call says that it has begun, and does not return before it has been heard. */
const model = `
import { existsSync, writeFileSync } from 'node:fs';
const [begun, heard] = ['./begun', './heard'].map((name) => new URL(name, import.meta.url));
const never = new Int32Array(new SharedArrayBuffer(4));

export function init({ random, inputSize, classes }) {
  return { 'output/kernel': { shape: [inputSize, classes], values: random.uniform(inputSize * classes, -0.1, 0.1) } };
}

export function logits({ tf, parameters, x }) {
  if (!existsSync(begun)) writeFileSync(begun, '');
  for (let looks = 0; !existsSync(heard); looks++) {
    if (looks > 1_000) throw new Error('nobody hears');
    Atomics.wait(never, 0, 0, 10);
  }
  return tf.matMul(x, parameters['output/kernel']);
}`;

const run = `
model: ./model.js
data: { set: synthetic, synthetic: { train: 60, test: 20, side: 4, classes: 2 }, validation: 20 }
batch: 20
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sparring-time-engine-'));
  writeFileSync(join(folder, 'model.js'), model);
  writeFileSync(join(folder, 'run.yaml'), run);
});
afterAll(() => rmSync(folder, { recursive: true }));

const open = async () => {
  const { config } = resolveConfig({ recipeOrFile: join(folder, 'run.yaml') });
  return { config, dataSet: await loadDataSet(config.data) };
};

it('leaves the main thread free, since a coordinator must say all the time that it is there', async () => {
  const { config, dataSet } = await open();
  const listening = setInterval(() => {
    if (existsSync(join(folder, 'begun'))) writeFileSync(join(folder, 'heard'), '');
  }, 10);
  const ms = await timeEngine('tfjs:cpu', config, dataSet).finally(() => clearInterval(listening));
  expect(ms).toBeGreaterThan(0);
});

it('says of an engine that cannot compute the run that it has no time', async () => {
  const { config, dataSet } = await open();
  expect(await timeEngine('onnx:none' as 'onnx:cpu', config, dataSet)).toBeNull();
});
