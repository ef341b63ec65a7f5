import { type Schedule, valueAt } from '../dist/index.js';

const at = (schedule: Schedule, step: number, stepsPerEpoch = 500, totalSteps = 5000) =>
  valueAt(schedule, { step, stepsPerEpoch, totalSteps });
const f32 = Math.fround;

describe('valueAt', () => {
  it('gives a constant, rounded to float32', () => {
    expect(at({ kind: 'constant', value: 0.1 }, 123)).toBe(f32(0.1));
  });

  it('divides the maxout recipe’s learning rate .1 by 1.000004 per update, from the second on, down to 1e-6', () => {
    const recipe: Schedule = { kind: 'exponential', initial: 0.1, divideBy: 1.000004, minimum: 1e-6 };
    expect(at(recipe, 0)).toBe(f32(0.1));
    expect(at(recipe, 1)).toBe(f32(0.1 / 1.000004));
    expect(at(recipe, 121_500)).toBeCloseTo(0.1 * Math.exp(-0.000004 * 121_500), 6);
    expect(at(recipe, 10_000_000)).toBe(f32(1e-6));
  });

  it('raises the maxout recipe’s momentum from .5 to .7 between epochs 1 and 250, once per epoch', () => {
    const recipe: Schedule = { kind: 'linear', from: 0.5, to: 0.7, fromEpoch: 1, toEpoch: 250 };
    expect(at(recipe, 0)).toBe(0.5);
    expect(at(recipe, 500)).toBe(0.5);
    expect(at(recipe, 999)).toBe(0.5);
    expect(at(recipe, 1000)).toBeCloseTo(0.5 + 0.2 / 249, 7);
    expect(at(recipe, 1499)).toBe(at(recipe, 1000));
    expect(at(recipe, 249 * 500)).toBeCloseTo(0.5 + (0.2 * 248) / 249, 7);
    expect(at(recipe, 250 * 500)).toBe(f32(0.7));
    expect(at(recipe, 340 * 500)).toBe(f32(0.7));
  });

  it('goes linearly over the whole run, step by step, when no epochs are given', () => {
    const demo: Schedule = { kind: 'linear', from: 0.1, to: 0 };
    expect(at(demo, 0)).toBe(f32(0.1));
    expect(at(demo, 1250)).toBe(f32(0.1 * 0.75));
    expect(at(demo, 4999)).toBeCloseTo(0.1 / 5000, 9);
    expect(at(demo, 5000)).toBe(0);
    expect(at(demo, 6000)).toBe(0);
  });

  it('takes the run’s end for a toEpoch and its start for a fromEpoch that is not given', () => {
    expect(at({ kind: 'linear', from: 0, to: 1, fromEpoch: 5 }, 7 * 500)).toBe(f32(0.4));
    expect(at({ kind: 'linear', from: 0, to: 1, toEpoch: 4 }, 500)).toBe(0.25);
  });

  it('jumps where fromEpoch and toEpoch are the same', () => {
    const jump: Schedule = { kind: 'linear', from: 0, to: 1, fromEpoch: 2, toEpoch: 2 };
    expect([at(jump, 999), at(jump, 1000)]).toEqual([0, 1]);
  });
});
