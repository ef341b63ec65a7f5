import { loadDataSet } from '@sparring/data';
import { resolveConfig } from '@sparring/runtime';
import { timeEngine } from '../dist/host/time-engine.js';

const set = ['data=synthetic', 'model={ kind: maxout, layers: [{ units: 200, pieces: 4 }] }', 'batch=500'];
const { config } = resolveConfig({ recipeOrFile: 'demo', set });

it('leaves the main thread free, since a coordinator must say all the time that it is there', async () => {
  const dataSet = await loadDataSet(config.data);
  const gaps: number[] = [];
  let last = performance.now();
  const timer = setInterval(() => {
    gaps.push(performance.now() - last);
    last = performance.now();
  }, 10);
  const ms = await timeEngine('onnx:cpu', config, dataSet);
  clearInterval(timer);
  // Of each call of the engine, which takes eight steps.
  const callMs = 8 * ms!;
  expect(callMs).toBeGreaterThan(200);
  expect(Math.max(...gaps)).toBeLessThan(callMs);
});

it('says of an engine that cannot compute the run that it has no time', async () => {
  expect(await timeEngine('onnx:none' as 'onnx:cpu', config, await loadDataSet(config.data))).toBeNull();
});
