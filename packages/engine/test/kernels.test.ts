import { type Engine, openEngine, type Program } from '../dist/index.js';
import { differentiable } from './differentiable-kernels.ts';
import { arraysFor, difference, gradientProgram, once, specs } from './parity.ts';
import { plain } from './plain-kernels.ts';
import type { Case } from './samples.ts';

const tolerance = 2e-6;

let onnx: Engine;
let reference: Engine;
beforeAll(async () => {
  onnx = await openEngine('onnx:cpu');
  reference = await openEngine('tfjs:cpu');
});

async function compare(program: Program, arrays: ReturnType<typeof arraysFor>): Promise<void> {
  const got = await once(onnx, program, arrays);
  const expected = await once(reference, program, arrays);
  expect(got.outputs).toEqual(expected.outputs);
  expect(difference(got.results, expected.results)).toBeLessThanOrEqual(tolerance);
}

function programOf([name, samples, y]: Case): Program {
  return { name, inputs: specs(samples), fn: (inputs) => ({ y: y(inputs as Parameters<typeof y>[0]) }) };
}

describe('on ONNX Runtime as on TensorFlow.js:', () => {
  test.each([...differentiable, ...plain])('%s', async (...row) => {
    await compare(programOf(row), arraysFor(row[1]));
  });
});

describe('gradients on ONNX Runtime as on TensorFlow.js:', () => {
  test.each(differentiable)('%s', async (...row) => {
    const program = programOf(row);
    const { outputs } = await once(reference, program, arraysFor(row[1]));
    const output = outputs.y!;
    await compare(gradientProgram(program, output), arraysFor({ ...row[1], dy: { shape: output.shape } }));
  });
});
