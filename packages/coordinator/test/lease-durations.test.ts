import type { Task } from '@sparring/protocol';
import { LeaseDurations } from '../dist/work/lease-durations.js';

const advance = (numSteps: number): Task => ({ kind: 'advance', step: 0, numSteps });
const pass: Task = { kind: 'pass', part: 'clean', step: 0, shard: 0 };

test('a lease lasts half a minute while nothing is known of its task, compilation included', () => {
  expect(new LeaseDurations().of(pass)).toBe(30_000);
});

test('a lease lasts twenty times what the longest task of its kind took', () => {
  const durations = new LeaseDurations(10);
  durations.observe(pass, 30);
  durations.observe(pass, 7);
  expect(durations.of(pass)).toBe(600);
  expect(durations.of({ ...pass, shard: 3, step: 9 })).toBe(600);
  expect(durations.of({ ...pass, part: 'adversarial' })).toBe(10);
});

test('a span of many steps is given as many times the time of one', () => {
  const durations = new LeaseDurations(10);
  durations.observe(advance(8), 80);
  expect(durations.of(advance(1))).toBe(200);
  expect(durations.of(advance(100))).toBe(20_000);
});

test('probes under another attack are another kind of task', () => {
  const durations = new LeaseDurations(10);
  const probe = (attack: string): Task => ({
    kind: 'probe',
    split: 'test',
    attack,
    from: 0,
    to: 500,
    parametersStep: 9,
  });
  durations.observe(probe('{"kind":"pgd"}'), 1_000);
  expect(durations.of(probe('{"kind":"pgd"}'))).toBe(20_000);
  expect(durations.of(probe('clean'))).toBe(10);
});
