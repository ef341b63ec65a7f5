import type { Model } from '@sparring/core';
import type { NamedTensors, Output, Outputs, Task } from '@sparring/protocol';
import { initialState, loadModel, type TrainingState, within } from '@sparring/training';
import { type Inspect, inspector } from '../dist/work/inspection.js';
import { smallData } from './small-data.ts';
import { smallDefinition } from './small-definition.ts';

const definition = smallDefinition({ staleness: 1 });
let model: Model;
let state: TrainingState;
let inspect: Inspect;

beforeAll(async () => {
  model = await loadModel(definition.model, await smallData());
  state = initialState(model, definition);
  inspect = inspector({ model, definition, maxGradientNorm: null });
});

const pass = { kind: 'pass', part: 'whole', step: 6, shard: 0 } as const;
const advance = { kind: 'advance', step: 6, numSteps: 2, replica: 0 } as const;
const attack = { kind: 'attack', step: 6, shard: 0, parametersStep: 5 } as const;
const probe = { kind: 'probe', split: 'test', attack: 'clean', from: 10, to: 15, parametersStep: 6 } as const;

const gradientsLike = (values: TrainingState): NamedTensors => structuredClone(within('parameters', values));
const passed = (changes: NamedTensors = {}, loss: Outputs['pass']['loss'] = { clean: 1, adversarial: 1 }): Output => ({
  kind: 'pass',
  output: { gradients: { ...gradientsLike(state), ...changes }, loss },
});
const advanced = (changes: NamedTensors = {}, losses = [1, 1]): Output => ({
  kind: 'advance',
  output: { state: { ...state, ...changes }, losses },
});
const signs = (codes: Uint8Array): Output => ({
  kind: 'attack',
  output: { adversarial: { encoding: 'signs', codes } },
});
const floats = (examples: Float32Array): Output => ({
  kind: 'attack',
  output: { adversarial: { encoding: 'float32', examples } },
});
const measured = (changes: Partial<Outputs['probe']> = {}): Output => ({
  kind: 'probe',
  output: { examples: 5, wrong: 2, confidenceOnMistakes: 1.2, loss: 3, gradientCosine: 1, ...changes },
});
const without = (output: Output, name: string): Output => {
  const copy = structuredClone(output) as Extract<Output, { kind: 'pass' | 'advance' }>;
  delete (copy.kind === 'pass' ? copy.output.gradients : copy.output.state)[name];
  return copy;
};
const withValue = (values: Float32Array, at: number, value: number): Float32Array =>
  values.map((old, i) => (i === at ? value : old));

/** 10 examples of 36 inputs. */
const inputs = 360;

test('what is as it should be is taken', () => {
  expect(inspect(pass, passed())).toBeNull();
  expect(inspect({ ...pass, part: 'clean' }, passed({}, { clean: 1, adversarial: null }))).toBeNull();
  expect(inspect(advance, advanced())).toBeNull();
  expect(inspect(attack, signs(new Uint8Array(inputs / 4).fill(0b10_01_00_10)))).toBeNull();
  expect(inspect(attack, floats(new Float32Array(inputs)))).toBeNull();
  expect(inspect(probe, measured())).toBeNull();
  expect(inspect(probe, measured({ loss: Number.POSITIVE_INFINITY }))).toBeNull();
});

test('an output of another kind than the task is refused', () => {
  expect(inspect(pass, measured())).toMatchObject({ reason: 'invalid', detail: 'probe in answer to pass' });
  expect(inspect(attack, advanced())).toMatchObject({ reason: 'invalid', detail: 'advance in answer to attack' });
});

const kernel = 'hidden0/kernel';
const bias = 'output/bias';

test.each([
  ['a missing gradient', pass, () => without(passed(), bias), `${bias}: expected 10 elements, got none`],
  ['a short gradient', pass, () => passed({ [bias]: new Float32Array(9) }), `${bias}: expected 10 elements, got 9`],
  ['a gradient of nothing', pass, () => passed({ other: new Float32Array(1) }), 'expected 4 tensors, got 5'],
  [
    'a name that every object has',
    pass,
    () => without(passed({ toString: new Float32Array(10) }), bias),
    `${bias}: expected 10`,
  ],
  [
    'a missing velocity',
    advance,
    () => without(advanced(), `velocity/${bias}`),
    `velocity/${bias}: expected 10 elements, got none`,
  ],
  [
    'a short history',
    advance,
    () => advanced({ [`history/0/${bias}`]: new Float32Array(1) }),
    `history/0/${bias}: expected 10 elements, got 1`,
  ],
  [
    'a tensor too many',
    advance,
    () => advanced({ 'history/1/output/bias': new Float32Array(10) }),
    'expected 12 tensors, got 13',
  ],
  ['losses of fewer steps', advance, () => advanced({}, [1]), '1 losses of 2 steps'],
  ['too few bytes of signs', attack, () => signs(new Uint8Array(89)), 'expected 90 bytes of signs, got 89'],
  ['too many examples', attack, () => floats(new Float32Array(inputs + 36)), 'expected 360 inputs, got 396'],
  ['sums over other examples', probe, () => measured({ examples: 6 }), '2 of 6 wrong, of 5'],
  ['more mistakes than examples', probe, () => measured({ wrong: 6 }), '6 of 5 wrong, of 5'],
] as [string, Task, () => Output, string][])('%s is refused for its shape', (_, task, output, detail) => {
  expect(inspect(task, output())).toMatchObject({ reason: 'shape', detail: expect.stringContaining(detail) });
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
  '%d anywhere is refused, and the step is named',
  (value) => {
    const last = state[`parameters/${kernel}`]!.length - 1;
    for (const at of [0, last]) {
      const wild = withValue(state[`parameters/${kernel}`]!, at, value);
      expect(inspect(pass, passed({ [kernel]: wild }))).toEqual({
        ...{ reason: 'non-finite', detail: `the gradient of ${kernel} is not finite`, step: 7 },
      });
      expect(inspect(advance, advanced({ [`history/0/${kernel}`]: wild }))).toEqual({
        ...{ reason: 'non-finite', detail: `history/0/${kernel} is no longer finite`, step: 8 },
      });
    }
    expect(inspect(pass, passed({}, { clean: 1, adversarial: value }))).toMatchObject({
      ...{ reason: 'non-finite', detail: `the loss is ${value}`, step: 7 },
    });
    expect(inspect(advance, advanced({}, [1, value]))).toMatchObject({ detail: `the loss is ${value}`, step: 8 });
    expect(inspect(advance, advanced({}, [value, value]))).toMatchObject({ detail: `the loss is ${value}`, step: 7 });
    expect(inspect(attack, floats(withValue(new Float32Array(inputs), 359, value)))).toMatchObject({
      ...{ reason: 'non-finite', detail: 'adversarial examples are not finite', step: 7 },
    });
    expect(inspect(probe, measured({ confidenceOnMistakes: value }))).toMatchObject({ reason: 'invalid', step: 6 });
    expect(inspect(probe, measured({ gradientCosine: value }))).toMatchObject({ reason: 'invalid', step: 6 });
  },
);

test('the largest finite numbers are finite', () => {
  const largest = new Float32Array(inputs).fill(3.4e38);
  expect(inspect(attack, floats(largest))).toBeNull();
});

test('a loss that α makes nothing of may be anything', async () => {
  const adversarialOnly = inspector({ model, definition: { ...definition, alpha: 0 }, maxGradientNorm: null });
  expect(adversarialOnly(pass, passed({}, { clean: Number.NaN, adversarial: 1 }))).toBeNull();
});

test('a gradient beyond maxGradientNorm is refused, over all its tensors, and one at it is taken', () => {
  const zero = Object.fromEntries(
    Object.entries(gradientsLike(state)).map(([name, { length }]) => [name, new Float32Array(length)]),
  );
  const steep = { ...zero, [kernel]: withValue(zero[kernel]!, 3, 3), [bias]: withValue(zero[bias]!, 9, -4) };
  const limited = (maxGradientNorm: number) => inspector({ model, definition, maxGradientNorm })(pass, passed(steep));
  expect(limited(5)).toBeNull();
  expect(limited(4.99)).toEqual({
    ...{ reason: 'non-finite', detail: "a gradient's norm is 5.000, above maxGradientNorm (4.99)", step: 7 },
  });
  expect(inspect(pass, passed(steep))).toBeNull();
});

test('signs of a code that means nothing are refused, wherever in a byte they are', () => {
  for (const code of [0b11, 0b11_00, 0b11_00_00, 0b11_00_00_00]) {
    const codes = new Uint8Array(90);
    codes[89] = code;
    expect(inspect(attack, signs(codes))).toMatchObject({ reason: 'invalid', detail: 'codes that are no sign' });
  }
  expect(inspect(attack, signs(new Uint8Array(90).fill(0b01_10_01_10)))).toBeNull();
});

test('sums that are no numbers are refused', () => {
  expect(inspect(probe, measured({ loss: Number.NaN }))).toMatchObject({ reason: 'invalid', detail: 'sums are NaN' });
});
