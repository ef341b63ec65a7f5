import { compileGemmsOnly, gemmShapes, openEngine } from '../dist/index.js';
import { stepProgram } from './networks.ts';

const sizes = { batch: 9, inputs: 20, units: 16, pieces: 3, classes: 4 };
const program = stepProgram(sizes, true);

test('a fused adversarial step of a net of three layers has 17 products: no gradient of the adversarial input is computed', () => {
  const shapes = gemmShapes(program);
  expect(shapes).toHaveLength(17);
  const first = { k: 20, m: 9, n: 48, transA: false, transB: false };
  expect(shapes[0]).toEqual(first);
  const work = shapes.filter(({ m, k, n }) => m * k * n === 9 * 20 * 48);
  expect(work).toHaveLength(5);
});

test('the products alone run as a scan of any length', async () => {
  const engine = await openEngine('onnx:cpu');
  const alone = await compileGemmsOnly(engine, program);
  for (const steps of [1, 8]) {
    const { corners } = await alone.run(alone.feeds(steps));
    expect(corners).toHaveLength(17 * steps);
    expect(corners!.every(Number.isFinite)).toBe(true);
  }
  await alone.dispose();
});

test('products are measured on ONNX engines alone', async () => {
  await expect(compileGemmsOnly(await openEngine('tfjs:cpu'), program)).rejects.toThrow(
    'tfjs:cpu: matrix products are measured on an ONNX engine',
  );
});
