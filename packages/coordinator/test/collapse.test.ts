import type { Timeline } from '@sparring/training';
import { bestOf, judge } from '../dist/probes/collapse.js';
import { nextProbeStep } from '../dist/probes/probe-steps.js';
import { smallDefinition } from './small-definition.ts';

const errors = (fgsm: number, pgd: number, clean = 0.02) => ({ clean, fgsm, pgd });
const best = errors(0.2, 0.5);

test('a net collapses whose PGD error grows by more than it may, while FGSM sees nothing of it', () => {
  expect(judge(best, errors(0.05, 0.95), 0.2)).toBe('collapsed');
  expect(judge(best, errors(0.2, 0.75), 0.2)).toBe('collapsed');
  expect(judge(best, errors(0.05, 0.75), 0.25)).toBe('good');
});

test('one that gets worse under FGSM too is poor, and has not collapsed', () => {
  expect(judge(best, errors(0.9, 0.95, 0.8), 0.2)).toBe('poor');
});

test('the first probe has nothing to be compared with, and is good', () => {
  expect(judge(null, errors(1, 1, 1), 0.2)).toBe('good');
});

test('the best probe is that of the lowest PGD error, the earlier where they are equal', () => {
  expect(bestOf(null, best)).toBe(best);
  expect(bestOf(best, errors(0.1, 0.6))).toBe(best);
  expect(bestOf(best, errors(0.1, 0.5))).toBe(best);
  expect(bestOf(best, errors(0.9, 0.4))).toEqual(errors(0.9, 0.4));
});

describe('probe steps', () => {
  const timeline: Timeline = { stepsPerEpoch: 10, totalSteps: 30 };
  const stepsOf = (definition: ReturnType<typeof smallDefinition>, every: number | null) => {
    const steps: number[] = [];
    const next = (step: number) => nextProbeStep(definition, timeline, every, step);
    for (let step = next(0); step <= timeline.totalSteps; step = next(step)) steps.push(step);
    return steps;
  };

  test('are the multiples, counted from the first step', () => {
    expect(stepsOf(smallDefinition({}), 7)).toEqual([7, 14, 21, 28]);
    expect(stepsOf(smallDefinition({}), 1)).toHaveLength(30);
    expect(stepsOf(smallDefinition({}), null)).toEqual([]);
  });

  test('are the ends of the rounds that the multiples lie in, each once', () => {
    const rounds = smallDefinition({ replicas: 2, localSteps: 4 });
    expect(stepsOf(rounds, 7)).toEqual([8, 14, 24, 28]);
    expect(stepsOf(rounds, 3)).toEqual([4, 8, 10, 14, 18, 24, 28, 30]);
  });
});
